/**
 * Escalation (A0.3): functional, to a team with more expertise while the desk keeps in touch with the requester, and
 * hierarchical, to whoever has more authority, without another assignment.
 */
import type { PersonId, TeamId } from '../ids.ts';
import type { Instant } from '../instant.ts';

/** 1: the lead of the team. 2: everybody who manages major incidents. */
export const ESCALATION_LEVELS = [0, 1, 2] as const;
export type EscalationLevel = (typeof ESCALATION_LEVELS)[number];

export const METRICS = ['response', 'resolution'] as const;
export type Metric = (typeof METRICS)[number];

/** Shares of a target, in percent, at which the clock speaks up by itself. */
export const THRESHOLD_PERCENTS = [75, 100] as const;
export type ThresholdPercent = (typeof THRESHOLD_PERCENTS)[number];

export interface Threshold {
  readonly metric: Metric;
  readonly percent: ThresholdPercent;
}

/** How far a ticket has been escalated. */
export interface Escalation {
  readonly level: EscalationLevel;
  /** Who raised it last, when and why; null while the level is 0. */
  readonly by: PersonId | null;
  readonly at: Instant | null;
  readonly reason: string | null;
  /** Who keeps in touch with the requester since the work went to another team. */
  readonly contact: PersonId | null;
  /** What the clock has said already: each threshold once. */
  readonly passed: readonly Threshold[];
}

export const NOT_ESCALATED: Escalation = {
  level: 0,
  by: null,
  at: null,
  reason: null,
  contact: null,
  passed: [],
};

export type EscalationAct =
  | { readonly verb: 'escalate-to-team'; readonly team: TeamId; readonly reason: string }
  | { readonly verb: 'escalate-upward'; readonly reason: string }
  | { readonly verb: 'end-escalation'; readonly reason: string }
  /** For the system alone: a share of a target is used up. */
  | ({ readonly verb: 'pass-threshold' } & Threshold);

export type EscalationEvent =
  | {
      readonly type: 'escalated-to-team';
      readonly team: TeamId;
      readonly before: { readonly team: TeamId | null; readonly owner: PersonId | null };
      readonly contact: PersonId | null;
      readonly reason: string;
    }
  | {
      readonly type: 'escalated-upward';
      readonly level: EscalationLevel;
      readonly before: EscalationLevel;
      /** Null when the clock did it: the threshold beside it says why. */
      readonly reason: string | null;
    }
  | {
      readonly type: 'escalation-ended';
      readonly before: EscalationLevel;
      readonly reason: string;
    }
  | ({ readonly type: 'threshold-passed' } & Threshold);

const ESCALATION_VERBS: Readonly<Record<EscalationAct['verb'], true>> = {
  'escalate-to-team': true,
  'escalate-upward': true,
  'end-escalation': true,
  'pass-threshold': true,
};

export function isEscalationAct<Act extends { readonly verb: string }>(
  act: Act,
): act is Extract<Act, EscalationAct> {
  return Object.hasOwn(ESCALATION_VERBS, act.verb);
}
