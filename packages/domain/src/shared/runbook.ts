/** Guidance kept as data: what to do in an incident of a kind, step by step, by phase of the response. */
import type { ServiceId } from './ids.ts';
import type { MajorPhase } from './ticket/major.ts';

/** The phases that steps may belong to, in their order. */
export const RUNBOOK_PHASES = [
  'triage',
  'investigating',
  'identified',
  'fixing',
  'monitoring',
  'resolved',
  'learning',
] as const satisfies readonly MajorPhase[];
export type RunbookPhase = (typeof RUNBOOK_PHASES)[number];

export const MAX_RUNBOOK_STEPS = 100;
export const MAX_STEP_WORDS = 1_000;

export interface RunbookStep {
  /** A ULID of its own: the task that a room makes of the step has it too, so that it is there once. */
  readonly id: string;
  readonly phase: RunbookPhase;
  readonly words: string;
  /** A web address with more; null when there is none. */
  readonly link: string | null;
}

export interface Runbook {
  readonly id: string;
  /** Counts its changes from 1: who changes it says which they saw. */
  readonly version: number;
  readonly name: string;
  /** When it applies: all that is stated must hold. */
  readonly service: ServiceId | null;
  readonly category: string | null;
  /** The name of an alert, in any case. */
  readonly alert: string | null;
  readonly steps: readonly RunbookStep[];
}
