import type { Instant, ItemId, PersonId, RecordId, ServiceId, TeamId } from '../shared/index.ts';
import type { ProblemState } from './lifecycle/lifecycle.ts';
import type { TaskState } from './problem.ts';

/** Who came first, where the author had not seen it. */
interface First {
  readonly by?: PersonId;
  readonly at?: Instant;
}

/** Why an act is refused, with the facts that explain it. */
export interface ProblemRefusalFacts {
  /** The one answer for what is not there and what is not to be seen. */
  'no-such-problem': { readonly problem: RecordId };
  'not-permitted': { readonly permission: string };
  'already-exists': { readonly record: RecordId };
  'missing-field': { readonly field: string };
  'invalid-value': { readonly field: string; readonly value: unknown };
  'nothing-to-change': { readonly field: string | null };
  'unknown-service': { readonly service: ServiceId };
  'unknown-item': { readonly item: ItemId };
  'unknown-team': { readonly team: TeamId };
  /** Not there, not active, or may not read problems. */
  'unknown-person': { readonly person: PersonId };
  /** Not there, not to be seen, or restricted: every reader of problems would learn of it. */
  'unknown-incident': { readonly incident: RecordId };
  'unknown-change': { readonly change: RecordId };
  /** Nobody works on it any more. */
  'problem-over': { readonly state: ProblemState; readonly duplicateOf: RecordId | null } & First;
  'no-such-transition': {
    readonly from: ProblemState;
    readonly to: ProblemState;
    readonly allowed: readonly ProblemState[];
  };
  'problem-moved': { readonly state: ProblemState; readonly by: PersonId; readonly at: Instant };
  /** It is fixed when its cause is known. */
  'cause-unknown': Record<never, never>;
  /** Several root causes stand, and nobody has picked. */
  'cause-contested': { readonly factors: readonly string[] };
  'tasks-open': { readonly tasks: readonly string[] };
  'duplicate-self': { readonly problem: RecordId };
  /** What it would go on in ended as a duplicate too: it goes on there. */
  'duplicate-of-duplicate': { readonly into: RecordId; readonly duplicateOf: RecordId };
  'duplicate-of-ended': { readonly into: RecordId; readonly state: ProblemState };
  'duplicate-cycle': { readonly into: RecordId };
  'no-such-factor': { readonly factor: string } & First;
  'factor-is-cause': { readonly factor: string };
  'no-such-task': { readonly task: string };
  'task-ended': { readonly task: string; readonly state: TaskState } & First;
  'no-workaround': Record<never, never>;
  /** Every open incident that is linked has these words already, or none is open. */
  'nobody-to-tell': { readonly told: number };
  'too-many': { readonly field: string; readonly most: number };
  'no-reminder': { readonly problem: RecordId };
}

export type ProblemRefusalReason = keyof ProblemRefusalFacts;

export type ProblemRefusal = { readonly code: `problem/${ProblemRefusalReason}` } & Readonly<
  Record<string, unknown>
>;

export function problemRefusal<Reason extends ProblemRefusalReason>(
  reason: Reason,
  facts: ProblemRefusalFacts[Reason],
): ProblemRefusal {
  return { code: `problem/${reason}`, ...facts };
}
