/** A meeting of a change board: what it looks at, in which order, who is there, and what it came to. */
import type { Instant, PersonId, RecordId } from '../../shared/index.ts';
import type { Vote } from '../approval/approval.ts';
import type { ChangeState } from '../model/model.ts';

export const MEETING_STATES = ['planned', 'live', 'closed', 'called_off'] as const;

export type MeetingState = (typeof MEETING_STATES)[number];

/** What the chair notes at the end of an item. Votes are cast on the change itself. */
export const ITEM_VERDICTS = ['approved', 'rejected', 'deferred'] as const;

export type ItemVerdict = (typeof ITEM_VERDICTS)[number];

export interface NotedVote {
  readonly person: PersonId;
  readonly vote: Vote;
  readonly note: string | null;
}

/** What the minutes say of an item: the decision, and the change as it was then. */
export interface ItemDecision {
  readonly verdict: ItemVerdict;
  readonly note: string | null;
  readonly by: PersonId;
  readonly at: Instant;
  readonly votes: readonly NotedVote[];
  /** What the votes were cast on. */
  readonly revision: number;
  readonly state: ChangeState;
}

/** A time in which an item was before everybody; null while it still is. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant | null;
}

/** What a change was called at some moment. */
export interface NamedChange {
  readonly title: string;
  readonly number: string | null;
}

/** What a board was called, and on whose clock it met, at some moment. */
export interface HeldAs {
  readonly name: string;
  readonly zone: string | null;
}

export interface AgendaItem {
  readonly change: RecordId;
  /** An earlier meeting of the board deferred it, or did not come to it. */
  readonly takenOver: boolean;
  /** Who put it there by hand; null for the filter. */
  readonly addedBy: PersonId | null;
  readonly stretches: readonly Stretch[];
  readonly decision: ItemDecision | null;
  /** As it was called when it was decided, or at the end; missing before, and in meetings of before it was kept. */
  readonly named?: NamedChange;
}

/** An item as the agenda is made of it. */
export interface ExpectedItem {
  readonly change: RecordId;
  /** The meeting before left it over. */
  readonly takenOver: boolean;
  /** Who put it there by hand, at that meeting or before; null for what the filter finds. */
  readonly addedBy: PersonId | null;
}

/** Somebody was there from one moment to another; null while they still are. */
export interface Attendance {
  readonly person: PersonId;
  readonly from: Instant;
  readonly to: Instant | null;
}

export interface Meeting {
  readonly id: RecordId;
  /** Number of its events. */
  readonly version: number;
  readonly board: RecordId;
  readonly state: MeetingState;
  readonly beginsAt: Instant;
  readonly endsAt: Instant;
  /** Called beside the dates of its board. */
  readonly adHoc: boolean;
  readonly itemMinutes: number;
  readonly invited: readonly PersonId[];
  readonly plannedBy: PersonId;
  /** Exactly one person while it is live, and whoever had it last when it is closed; null before. */
  readonly chair: PersonId | null;
  readonly agenda: readonly AgendaItem[];
  /** What everybody looks at; null between items. */
  readonly current: RecordId | null;
  readonly attendance: readonly Attendance[];
  readonly openedAt: Instant | null;
  readonly closedAt: Instant | null;
  /** Why it was called off. */
  readonly reason: string | null;
  /** Its board at the end; missing before, and in meetings of before it was kept. */
  readonly heldAs?: HeldAs;
  readonly updatedAt: Instant;
}

export const MAX_AGENDA = 200;

/** How often the minutes say of one person that they came. */
export const MAX_ATTENDANCES = 50;

/** Whoever is back this soon was not away. */
export const BACK_SOON_MS = 60_000;

/** Whether somebody who comes at a moment left only just before. */
export function isBackSoon({ attendance }: Pick<Meeting, 'attendance'>, who: PersonId, at: Instant): boolean {
  const last = attendance.findLast(({ person }) => person === who);
  return last !== undefined && last.to !== null && at - last.to <= BACK_SOON_MS;
}

export function itemOf({ agenda }: Pick<Meeting, 'agenda'>, change: RecordId): AgendaItem | undefined {
  return agenda.find((item) => item.change === change);
}

/** Who is there now, in the order in which they came. */
export function presentIn({ attendance }: Pick<Meeting, 'attendance'>): readonly PersonId[] {
  return attendance.filter(({ to }) => to === null).map(({ person }) => person);
}

/** How long an item was before everybody, in ms: of instants alone, so that all screens say the same. */
export function spentOn({ stretches }: Pick<AgendaItem, 'stretches'>, now: Instant): number {
  return stretches.reduce((sum, { from, to }) => sum + Math.max(0, (to ?? now) - from), 0);
}

/** The item after another that has no decision yet, from the top again; null when all have one. */
export function nextOpenItem({ agenda }: Pick<Meeting, 'agenda'>, after: RecordId | null): RecordId | null {
  const at = agenda.findIndex(({ change }) => change === after);
  const order = [...agenda.slice(at + 1), ...agenda.slice(0, at + 1)];
  return order.find(({ decision, change }) => decision === null && change !== after)?.change ?? null;
}

/** What is left for the next meeting: deferred, or not come to. */
export function leftOver({ agenda }: Pick<Meeting, 'agenda'>): readonly AgendaItem[] {
  return agenda.filter(({ decision }) => decision === null || decision.verdict === 'deferred');
}
