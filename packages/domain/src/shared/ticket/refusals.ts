import type { PersonId, RecordId, TeamId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { TicketProcess } from '../process.ts';
import type { CallState } from './call.ts';
import type { MajorPhase, MajorState, Severity } from './major.ts';
import type { ReviewState } from './review.ts';

/** Why a ticket command is refused: `<process>/<reason>`, stable, with the facts that explain it. */
export type TicketRefusal = { readonly code: `${TicketProcess}/${TicketRefusalReason}` } & Readonly<
  Record<string, unknown>
>;

/**
 * The closed set of reasons, with the facts each carries beside its code.
 * `no-such-record` is the one answer for "not there" and "not yours to see".
 */
export interface TicketRefusalFacts {
  'no-such-record': { readonly record: RecordId };
  'not-permitted': { readonly permission: string };
  'already-exists': { readonly record: RecordId };
  /** `at` is null when the claim is older than what the author saw. */
  'already-claimed': { readonly owner: PersonId; readonly at: Instant | null };
  'already-owner': { readonly owner: PersonId };
  /** `record` names the other record when it is not the target that has ended. */
  'not-open': { readonly state: string; readonly mergedInto: RecordId | null; readonly record?: RecordId };
  /** `by` and `at` name whoever moved the ticket meanwhile, when somebody did. */
  'no-such-transition': {
    readonly from: string;
    readonly to: string;
    readonly allowed: readonly string[];
    readonly by?: PersonId;
    readonly at?: Instant;
  };
  'missing-field': { readonly field: string };
  'invalid-value': { readonly field: string; readonly value: unknown };
  'unknown-person': { readonly person: string };
  'unknown-team': { readonly team: string };
  'unknown-service': { readonly service: string };
  'unknown-item': { readonly item: RecordId };
  /** What is retired takes no new tickets (A5 row 8). */
  'item-retired': { readonly item: RecordId };
  'not-in-team': { readonly person: string; readonly team: string };
  /** A restriction that would keep people from work that they are in the middle of, its author too. */
  'keeps-out': { readonly people: readonly PersonId[] };
  /** A restricted ticket does not go on where others may read. */
  'merge-wider': { readonly into: RecordId };
  'caller-replied': { readonly by: PersonId; readonly at: Instant };
  'merge-self': { readonly record: RecordId };
  'merge-cycle': { readonly into: RecordId };
  'merge-into-merged': { readonly into: RecordId; readonly mergedInto: RecordId };
  'merge-other-process': { readonly into: RecordId };
  'already-linked': { readonly target: RecordId };
  'not-linked': { readonly target: RecordId };
  'already-sent': { readonly draft: string };
  'time-not-ahead': { readonly until: Instant };
  'nothing-to-change': { readonly field: string | null };
  /** An act of another process. */
  'unknown-act': { readonly verb: string };
  /** The overlay stands where this act does not fit; `by` and `at` name whoever brought it there meanwhile. */
  'major-state': {
    readonly state: MajorState | null;
    readonly by?: PersonId;
    readonly at?: Instant;
  };
  /** While it is a major incident this is for its managers, or comes after it. */
  'major-incident': { readonly severity: Severity };
  'no-such-phase': {
    readonly from: MajorPhase;
    readonly to: MajorPhase;
    readonly allowed: readonly MajorPhase[];
    readonly by?: PersonId;
    readonly at?: Instant;
  };
  /** A phase that comes with resolving, or a closing before the review has begun. */
  'major-not-resolved': { readonly phase: MajorPhase };
  /** The review stands where this act does not fit; `by` and `at` name whoever brought it there meanwhile. */
  'review-state': {
    readonly state: ReviewState | null;
    readonly allowed: readonly ReviewState[];
    readonly by?: PersonId;
    readonly at?: Instant;
  };
  /** It closes once each of its actions is a record; these are not yet. */
  'review-actions-open': { readonly actions: number };
  /** An action that is a record already is dropped no more. */
  'review-action-made': { readonly record: RecordId };
  /** The call is over, or there was none. */
  'call-state': { readonly state: CallState | null };
  /** The call went to others. */
  'not-called': { readonly name: string };
  /** Null for major incidents. */
  'no-chain': { readonly team: TeamId | null };
  /** The command is handed over, never laid down or taken. */
  'command-held': { readonly commander: PersonId };
  'command-on-offer': { readonly to: PersonId; readonly by: PersonId; readonly at: Instant };
  'no-offer': { readonly by?: PersonId; readonly at?: Instant };
}

export type TicketRefusalReason = keyof TicketRefusalFacts;

/** Makes a refusal of its reason and exactly the facts that belong to it. */
export function ticketRefusal<Reason extends TicketRefusalReason>(
  process: TicketProcess,
  reason: Reason,
  facts: TicketRefusalFacts[Reason],
): TicketRefusal {
  return { code: `${process}/${reason}`, ...facts };
}
