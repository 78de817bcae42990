import { refuse } from '../../shared/index.ts';
import type { Instant, PersonId, RecordId } from '../../shared/index.ts';
import type { RuleOutcome } from '../approval/rule.ts';
import type { ChangeState } from '../model/model.ts';
import type { BoardFields } from './board.ts';
import type { ItemVerdict, MeetingState } from './meeting.ts';

/** Why an act on a board or a meeting is refused. `by` and `at` name who came first. */
export interface MeetingRefusalFacts {
  /** The one answer for what is not there and what is not to be seen. */
  'no-such-board': { readonly board: RecordId };
  'no-such-meeting': { readonly meeting: RecordId };
  'board-not-permitted': { readonly permission: string };
  'board-exists': { readonly record: RecordId };
  'board-field': { readonly field: string; readonly value: unknown };
  /** Somebody else altered the same field. */
  'board-moved': { readonly field: keyof BoardFields; readonly by: PersonId; readonly at: Instant };
  'board-retired': { readonly board: RecordId };
  'board-same': Record<never, never>;
  'not-a-chair': { readonly board: RecordId };
  /** Long past, or further ahead than dates are planned. */
  'moment-too-far': { readonly at: Instant; readonly from: Instant; readonly to: Instant };
  /** Another meeting of the board is held just now: what it leaves would be lost to this one. */
  'board-meets': { readonly meeting: RecordId; readonly chair: PersonId | null };
  'already-planned': { readonly at: Instant; readonly meeting: RecordId };
  'not-in-chair': { readonly chair: PersonId | null };
  'meeting-moved': { readonly state: MeetingState; readonly by?: PersonId; readonly at?: Instant };
  'meeting-reason': Record<never, never>;
  'already-present': { readonly person: PersonId };
  /** As often as the minutes say of one person. */
  'came-too-often': { readonly most: number };
  'not-present': { readonly person: PersonId };
  'chair-stays': { readonly chair: PersonId };
  'chair-moved': { readonly chair: PersonId | null; readonly by?: PersonId; readonly at?: Instant };
  'chair-not-fit': { readonly person: PersonId };
  'no-such-item': { readonly change: RecordId };
  'item-there': { readonly change: RecordId };
  'item-current': { readonly change: RecordId };
  'item-decided': { readonly change: RecordId; readonly verdict: ItemVerdict };
  'agenda-full': { readonly most: number };
  /** Somebody else had moved on. */
  'item-moved': { readonly current: RecordId | null; readonly by?: PersonId; readonly at?: Instant };
  /** The change is not what the chair read: votes on that are void. */
  'item-revised': {
    readonly change: RecordId;
    readonly read: number;
    readonly revision: number;
    readonly state: ChangeState;
  };
  'defer-note': Record<never, never>;
  /** The votes say the opposite. */
  'votes-differ': { readonly verdict: ItemVerdict; readonly votes: RuleOutcome };
}

export type MeetingRefusalReason = keyof MeetingRefusalFacts;

export type MeetingRefusal = { readonly code: `change/${MeetingRefusalReason}` } & Readonly<
  Record<string, unknown>
>;

export function no<Reason extends MeetingRefusalReason>(
  reason: Reason,
  facts: MeetingRefusalFacts[Reason],
): { readonly ok: false; readonly refusal: MeetingRefusal } {
  const refusal: MeetingRefusal = { code: `change/${reason}`, ...facts };
  return refuse(refusal);
}
