import type { Instant } from '../../shared/index.ts';
import type { Gate, GatePlan } from '../gate/gate.ts';

/** The states of a release that phases belong to, in their order. */
export const STAGES = ['planning', 'building', 'testing', 'deploying', 'hypercare'] as const;
export type Stage = (typeof STAGES)[number];

/** A8, PHASE. Restarting makes it pending again, in a round of its own. */
export const PHASE_STATES = ['pending', 'in_progress', 'completed'] as const;
export type PhaseState = (typeof PHASE_STATES)[number];

export interface PhasePlan {
  readonly id: string;
  readonly name: string;
  readonly stage: Stage;
  readonly beginsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly gates: readonly GatePlan[];
}

export interface Phase extends Omit<PhasePlan, 'gates'> {
  readonly state: PhaseState;
  /** Counts from 1; each restart raises it. */
  readonly round: number;
  readonly startedAt: Instant | null;
  readonly completedAt: Instant | null;
  readonly gates: readonly Gate[];
}

export type PhaseAct =
  /** The phases in their order, as long as none has begun. */
  | { readonly verb: 'plan-phases'; readonly phases: readonly PhasePlan[] }
  | {
      readonly verb: 'reschedule-phase';
      readonly phase: string;
      readonly beginsAt: Instant | null;
      readonly endsAt: Instant | null;
    }
  | { readonly verb: 'start-phase'; readonly phase: string }
  | { readonly verb: 'complete-phase'; readonly phase: string }
  | { readonly verb: 'restart-phase'; readonly phase: string; readonly reason: string };

export type PhaseEvent =
  | { readonly type: 'phases-planned'; readonly phases: readonly PhasePlan[] }
  | {
      readonly type: 'phase-rescheduled';
      readonly phase: string;
      readonly beginsAt: Instant | null;
      readonly endsAt: Instant | null;
    }
  | { readonly type: 'phase-started'; readonly phase: string }
  | { readonly type: 'phase-completed'; readonly phase: string }
  | { readonly type: 'phase-restarted'; readonly phase: string; readonly reason: string };

/** A phase that nothing has happened in. */
export function freshPhase(plan: PhasePlan, round: number): Phase {
  return {
    ...plan,
    state: 'pending',
    round,
    startedAt: null,
    completedAt: null,
    gates: plan.gates.map(({ id, name, rule }) => ({
      id,
      name,
      rule,
      run: null,
      signed: [],
      exception: null,
    })),
  };
}
