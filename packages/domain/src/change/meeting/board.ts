/** A change board: who looks at changes together, when, and which of them come before it (A4 row 9). Data, versioned. */
import { occurrencesFrom } from '../../shared/index.ts';
import type { Instant, Opening, PersonId, RecordId, Recurrence } from '../../shared/index.ts';
import type { Change } from '../change.ts';
import { matches } from '../model/match.ts';
import type { ChangeMatch, Matched } from '../model/match.ts';
import type { ChangeState } from '../model/model.ts';

/** Which changes come before a board. All that is stated must hold. */
export interface AgendaFilter {
  readonly states: readonly ChangeState[];
  readonly when: ChangeMatch;
  /** Policies by id, of which at least one asks for the change; empty asks for none. */
  readonly policies: readonly string[];
}

export interface BoardFields {
  readonly name: string;
  /** In a zone of its own; how long an occurrence is, is how long a meeting is meant to be. */
  readonly when: Recurrence;
  /** What an item is meant to take. */
  readonly itemMinutes: number;
  /** Who may open a meeting and take its chair. */
  readonly chairs: readonly PersonId[];
  readonly members: readonly PersonId[];
  readonly agenda: AgendaFilter;
}

export interface MeetingBoard extends BoardFields {
  readonly id: RecordId;
  /** Number of its events. */
  readonly version: number;
  readonly retired: boolean;
  readonly updatedAt: Instant;
}

export const DEFAULT_AGENDA: AgendaFilter = { states: ['authorize'], when: {}, policies: [] };

/** How far ahead occurrences are looked for, in days. */
const MEETING_DAYS = 400;

/** The next occurrences that are not over at `now`; none of a board that is retired. */
export function nextOccurrences(board: MeetingBoard, now: Instant, count: number): readonly Opening[] {
  const found: Opening[] = [];
  if (board.retired) return found;
  for (const occurrence of occurrencesFrom(board.when, now, MEETING_DAYS, 'UTC')) {
    found.push(occurrence);
    if (found.length >= count) break;
  }
  return found;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** Between which moments a meeting may be planned: where the dates of its board are known, and not for what is long past. */
export function planningSpan(now: Instant): Opening {
  return { from: now - DAY_MS, to: now + MEETING_DAYS * DAY_MS };
}

/** Meetings of one board that may overlap. */
const MOST_AT_ONCE = 10;

/** The occurrence that begins at a moment; undefined when the board does not meet then. */
export function dateAt(board: MeetingBoard, at: Instant): Opening | undefined {
  return nextOccurrences(board, at, MOST_AT_ONCE).find(({ from }) => from === at);
}

/** The next occurrence that has not begun. */
export function dateAfter(board: MeetingBoard, now: Instant): Opening | undefined {
  return nextOccurrences(board, now, MOST_AT_ONCE).find(({ from }) => from > now);
}

/** How long a meeting of it is meant to be, in ms by the wall clock. */
export function lengthOf({ when: { begins, ends } }: Pick<BoardFields, 'when'>): number {
  return Date.parse(`${ends}Z`) - Date.parse(`${begins}Z`);
}

export function comesBefore({ agenda }: Pick<BoardFields, 'agenda'>, change: Change, as: Matched): boolean {
  const { states, when, policies } = agenda;
  return (
    states.includes(change.state) &&
    matches(when, as) &&
    (policies.length === 0 || change.requirements.some(({ policy }) => policies.includes(policy)))
  );
}

/** Whoever is asked to a meeting of it, once. */
export function peopleOf({ chairs, members }: Pick<BoardFields, 'chairs' | 'members'>): readonly PersonId[] {
  return [...new Set([...chairs, ...members])];
}
