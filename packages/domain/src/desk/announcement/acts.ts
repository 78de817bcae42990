import type { Instant, PersonId, RecordId, ServiceId, TeamId } from '../../shared/index.ts';
import type { AnnouncementFields, AnnouncementState, Notice } from './announcement.ts';

/** What is asked for, as the command `announcement.<verb>` carries it. */
export type AnnouncementAct =
  | { readonly verb: 'create'; readonly fields: AnnouncementFields }
  | { readonly verb: 'edit'; readonly fields: Partial<AnnouncementFields> }
  | { readonly verb: 'step'; readonly to: AnnouncementState; readonly message?: string | undefined }
  | { readonly verb: 'update'; readonly message: string }
  /** The system alone: people are told at an occasion that has come. */
  | { readonly verb: 'notify'; readonly notice: Notice }
  /** Anybody, for themselves: they have read this revision. */
  | { readonly verb: 'acknowledge'; readonly revision: number };

export type AnnouncementVerb = AnnouncementAct['verb'];

export type AnnouncementEvent =
  | { readonly type: 'created'; readonly fields: AnnouncementFields }
  | { readonly type: 'edited'; readonly fields: Partial<AnnouncementFields> }
  | {
      readonly type: 'stepped';
      readonly from: AnnouncementState;
      readonly to: AnnouncementState;
      readonly message: string;
    }
  | { readonly type: 'updated'; readonly message: string }
  | {
      readonly type: 'notified';
      readonly notice: Notice;
      readonly revision: number;
      /** As `ToldNotice.before`; absent on every other occasion. */
      readonly before?: readonly TeamId[];
    };

/** Why an act is refused, with the facts that explain it. `by` and `at` name who came first. */
export interface AnnouncementRefusalFacts {
  'no-such-announcement': { readonly announcement: RecordId };
  'not-permitted': { readonly permission: string };
  'already-exists': { readonly record: RecordId };
  'missing-field': { readonly field: string };
  'invalid-value': { readonly field: string; readonly value: unknown };
  'unknown-service': { readonly service: ServiceId };
  'unknown-item': { readonly item: RecordId };
  'item-retired': { readonly item: RecordId };
  'unknown-team': { readonly team: TeamId };
  /** What stands on the status page is for everybody. */
  'public-to-some': { readonly audience: readonly TeamId[] };
  'end-before-begin': { readonly beginsAt: Instant; readonly endsAt: Instant };
  'time-not-ahead': { readonly until: Instant };
  'nothing-to-change': { readonly field: string | null };
  'no-such-step': {
    readonly from: AnnouncementState;
    readonly to: AnnouncementState;
    readonly allowed: readonly AnnouncementState[];
    readonly by?: PersonId;
    readonly at?: Instant;
  };
  'announcement-moved': { readonly state: AnnouncementState; readonly by: PersonId; readonly at: Instant };
  'announcement-changed': { readonly field: string; readonly by: PersonId; readonly at: Instant };
  /** Whoever manages changes may tell people of one all the same. */
  'change-not-approved': Record<never, never>;
  /** Nothing of it can be changed any more, or not any more this. */
  'announcement-over': { readonly state: AnnouncementState; readonly field: string | null };
}

export type AnnouncementRefusalReason = keyof AnnouncementRefusalFacts;

export type AnnouncementRefusal = { readonly code: `desk/${AnnouncementRefusalReason}` } & Readonly<
  Record<string, unknown>
>;

export function announcementRefusal<Reason extends AnnouncementRefusalReason>(
  reason: Reason,
  facts: AnnouncementRefusalFacts[Reason],
): AnnouncementRefusal {
  return { code: `desk/${reason}`, ...facts };
}
