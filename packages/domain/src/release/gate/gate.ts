import type { Instant, PersonId } from '../../shared/index.ts';

/** What a gate asks for, as data (A6 row 5). */
export type GateRule =
  /** Every member change is closed or inactive. */
  | { readonly kind: 'changes-closed' }
  /** Every member change that is open is planned within the release's window. */
  | { readonly kind: 'windows-fit' }
  /** The last value reported of a check keeps to a threshold. */
  | {
      readonly kind: 'check';
      readonly check: string;
      readonly bound: 'at-least' | 'at-most';
      readonly threshold: number;
    }
  /** Each of these people has signed. */
  | { readonly kind: 'sign-offs'; readonly people: readonly PersonId[] };

export interface GatePlan {
  readonly id: string;
  readonly name: string;
  readonly rule: GateRule;
}

export interface GateRun {
  readonly value: number;
  readonly by: PersonId;
  readonly at: Instant;
}

export interface SignOff {
  readonly person: PersonId;
  readonly note: string;
  readonly at: Instant;
}

/** That a gate may stay unmet as badly as it was then. */
export interface GateException {
  readonly reason: string;
  /** Who answers for it. */
  readonly by: PersonId;
  readonly at: Instant;
  /** What did not meet the gate: changes or people. */
  readonly failing: readonly string[];
  /** Of a check; null when it had not run. */
  readonly value: number | null;
}

export interface Gate extends GatePlan {
  /** Of a check. */
  readonly run: GateRun | null;
  readonly signed: readonly SignOff[];
  readonly exception: GateException | null;
}

export const GATE_RESULTS = ['pending', 'compliant', 'non_compliant', 'exception'] as const;
export type GateResult = (typeof GATE_RESULTS)[number];

export type GateAct =
  /** Usually a machine: the value of a check, for every gate that asks for it. */
  | { readonly verb: 'report-check'; readonly check: string; readonly value: number }
  | { readonly verb: 'sign-off'; readonly gate: string; readonly note?: string | undefined }
  | { readonly verb: 'except-gate'; readonly gate: string; readonly reason: string }
  | { readonly verb: 'end-exception'; readonly gate: string };

export type GateEvent =
  | { readonly type: 'check-reported'; readonly check: string; readonly value: number }
  | { readonly type: 'signed-off'; readonly gate: string; readonly note: string }
  | {
      readonly type: 'gate-excepted';
      readonly gate: string;
      readonly reason: string;
      readonly failing: readonly string[];
      readonly value: number | null;
    }
  | { readonly type: 'exception-ended'; readonly gate: string };
