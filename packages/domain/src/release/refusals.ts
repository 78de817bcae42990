import type { Instant, PersonId, RecordId, ServiceId } from '../shared/index.ts';
import type { GateResult } from './gate/gate.ts';
import type { PhaseState, Stage } from './phase/phase.ts';
import type { ReleaseState } from './release.ts';

/** Who came first, where the author had not seen it. */
interface First {
  readonly by?: PersonId;
  readonly at?: Instant;
}

/** Why an act is refused, with the facts that explain it. */
export interface ReleaseRefusalFacts {
  'no-such-release': { readonly release: RecordId };
  'not-permitted': { readonly permission: string };
  'already-exists': { readonly record: RecordId };
  'missing-field': { readonly field: string };
  'invalid-value': { readonly field: string; readonly value: unknown };
  'nothing-to-change': { readonly field: string | null };
  'end-before-begin': { readonly beginsAt: Instant; readonly endsAt: Instant };
  'unknown-service': { readonly service: ServiceId };
  /** Not there, not active, or may not read releases. */
  'unknown-person': { readonly person: PersonId };
  'unknown-change': { readonly change: RecordId };
  'unknown-incident': { readonly incident: RecordId };
  /** What cannot be changed any more as far as the release has come. */
  'release-fixed': { readonly state: ReleaseState; readonly field: string | null } & First;
  'no-such-transition': {
    readonly from: ReleaseState;
    readonly to: ReleaseState;
    readonly allowed: readonly ReleaseState[];
  };
  'release-moved': { readonly state: ReleaseState; readonly by: PersonId; readonly at: Instant };
  /** Phases of the state that are not completed. */
  'phases-open': { readonly phases: readonly string[] };
  'no-such-phase': { readonly phase: string };
  'phase-state': { readonly phase: string; readonly state: PhaseState } & First;
  /** Another phase is in progress. */
  'phase-running': { readonly phase: string } & First;
  'phase-waits': { readonly phase: string; readonly for: readonly string[] };
  'phase-of-other-stage': { readonly phase: string; readonly stage: Stage; readonly state: ReleaseState };
  'phases-begun': { readonly phase: string };
  'phase-not-over': { readonly phase: string; readonly endsAt: Instant | null };
  'steps-open': { readonly phase: string; readonly steps: number };
  'gates-not-met': {
    readonly gates: readonly { readonly gate: string; readonly result: GateResult }[];
  };
  'no-such-gate': { readonly gate: string };
  'no-such-check': { readonly check: string };
  'gate-met': { readonly gate: string };
  /** Only those who are asked may sign or answer. */
  'not-asked': { readonly person: PersonId };
  'already-signed': { readonly at: Instant };
  'no-such-step': { readonly step: string } & First;
  'step-cycle': { readonly steps: readonly string[] };
  'step-done': { readonly step: string; readonly by: PersonId; readonly at: Instant };
  /** Others must be done before it. */
  'step-waits': { readonly step: string; readonly for: readonly string[] } & First;
  /** Others were done after it. */
  'step-followed': { readonly step: string; readonly by: readonly string[] };
  'phase-not-running': { readonly phase: string; readonly state: PhaseState } & First;
  'past-no-return': { readonly step: string; readonly by: PersonId; readonly at: Instant };
  'rollback-open': { readonly steps: readonly string[] };
  'no-roll-call': { readonly state: ReleaseState };
  'not-ready': { readonly phases: readonly string[]; readonly gates: readonly string[] };
  /** The answer is for other content than what stands. */
  'readiness-moved': { readonly given: string; readonly present: string };
  'already-answered': { readonly answer: string; readonly at: Instant };
  'no-go': { readonly go: number; readonly quorum: number; readonly void: number };
  'no-alarm': { readonly incident: RecordId };
}

export type ReleaseRefusalReason = keyof ReleaseRefusalFacts;

export type ReleaseRefusal = { readonly code: `release/${ReleaseRefusalReason}` } & Readonly<
  Record<string, unknown>
>;

export function releaseRefusal<Reason extends ReleaseRefusalReason>(
  reason: Reason,
  facts: ReleaseRefusalFacts[Reason],
): ReleaseRefusal {
  return { code: `release/${reason}`, ...facts };
}
