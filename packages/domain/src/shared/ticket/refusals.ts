import type { PersonId, RecordId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { TicketProcess } from '../process.ts';

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
  'already-claimed': { readonly owner: PersonId; readonly at: Instant };
  'already-owner': { readonly owner: PersonId };
  'not-open': { readonly state: string; readonly mergedInto: RecordId | null };
  'no-such-transition': { readonly from: string; readonly to: string; readonly allowed: readonly string[] };
  'missing-field': { readonly field: string };
  'invalid-value': { readonly field: string; readonly value: unknown };
  'unknown-person': { readonly person: string };
  'unknown-team': { readonly team: string };
  'unknown-service': { readonly service: string };
  'not-in-team': { readonly person: string; readonly team: string };
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
}

export type TicketRefusalReason = keyof TicketRefusalFacts;
