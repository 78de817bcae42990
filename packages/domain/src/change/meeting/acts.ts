import type { Instant, PersonId, RecordId } from '../../shared/index.ts';
import type { ChangeState } from '../model/model.ts';
import type { ExpectedItem, HeldAs, ItemVerdict, NamedChange, NotedVote } from './meeting.ts';

/** What is asked for, as the command `change-meeting.<verb>` carries it. `from` is what its author saw stand. */
export type MeetingAct =
  /** At a date of its board, or beside them. */
  | { readonly verb: 'plan'; readonly board: RecordId; readonly at: Instant }
  | { readonly verb: 'call-off'; readonly reason: string }
  /** Makes the agenda; whoever opens has the chair. */
  | { readonly verb: 'open' }
  | { readonly verb: 'join' }
  | { readonly verb: 'leave' }
  | { readonly verb: 'add-item'; readonly change: RecordId }
  | { readonly verb: 'drop-item'; readonly change: RecordId }
  /** Puts it before another, or last. */
  | { readonly verb: 'place-item'; readonly change: RecordId; readonly before: RecordId | null }
  | { readonly verb: 'show-item'; readonly change: RecordId | null; readonly from: RecordId | null }
  /** `revision` is that of the change as its author had it before them. `next` is shown then, if the item was the current one. */
  | {
      readonly verb: 'decide-item';
      readonly change: RecordId;
      readonly revision: number;
      readonly verdict: ItemVerdict;
      readonly note?: string;
      readonly next?: RecordId | null;
    }
  | { readonly verb: 'hand-over'; readonly to: PersonId }
  | { readonly verb: 'take-chair'; readonly from: PersonId }
  | { readonly verb: 'close' };

export type MeetingVerb = MeetingAct['verb'];

export type MeetingActOf<Verb extends MeetingVerb> = Extract<MeetingAct, { readonly verb: Verb }>;

export type MeetingEvent =
  | {
      readonly type: 'planned';
      readonly board: RecordId;
      readonly beginsAt: Instant;
      readonly endsAt: Instant;
      readonly adHoc: boolean;
      readonly itemMinutes: number;
      readonly invited: readonly PersonId[];
    }
  | { readonly type: 'called-off'; readonly reason: string }
  | {
      readonly type: 'opened';
      /** `addedBy` is missing in events of before it was kept. */
      readonly agenda: readonly (Omit<ExpectedItem, 'addedBy'> & Partial<Pick<ExpectedItem, 'addedBy'>>)[];
      /** Who belongs to the board then; missing in events of before it was kept. */
      readonly invited?: readonly PersonId[];
    }
  /** `continues` what they left only just before. */
  | { readonly type: 'joined'; readonly continues?: true }
  | { readonly type: 'left' }
  | { readonly type: 'item-added'; readonly change: RecordId }
  | { readonly type: 'item-dropped'; readonly change: RecordId }
  | { readonly type: 'item-placed'; readonly change: RecordId; readonly before: RecordId | null }
  | { readonly type: 'item-shown'; readonly change: RecordId | null }
  | {
      readonly type: 'item-decided';
      readonly change: RecordId;
      readonly verdict: ItemVerdict;
      readonly note: string | null;
      readonly votes: readonly NotedVote[];
      readonly revision: number;
      readonly state: ChangeState;
      /** Missing in events of before it was kept. */
      readonly named?: NamedChange;
    }
  | {
      readonly type: 'chair-given';
      readonly from: PersonId;
      readonly to: PersonId;
      /** Of whoever takes it and had left only just before. */
      readonly continues?: true;
    }
  | {
      readonly type: 'closed';
      readonly leftOver: readonly RecordId[];
      /** Changes without a decision, as far as they are known; missing, like the next, in events of before. */
      readonly named?: readonly (NamedChange & { readonly change: RecordId })[];
      readonly heldAs?: HeldAs;
    };
