/**
 * The calls of a ticket: chains at work (A0.3, on-call escalation), the last one of each team. What they did stands
 * here as events left it; what they do next, and when, is computed (`nextInCall`).
 */
import type { ChainStep } from '../chain.ts';
import type { PersonId, TeamId } from '../ids.ts';
import type { Instant } from '../instant.ts';

/** `ended`: its ticket was resolved or ended. */
export const CALL_STATES = ['calling', 'acknowledged', 'stopped', 'used-up', 'ended'] as const;
export type CallState = (typeof CALL_STATES)[number];

/** What began a call: a person, an escalation to the team or upward, a major incident, an alert. */
export const CALL_CAUSES = ['hand', 'escalated', 'raised', 'major', 'alert'] as const;
export type CallCause = (typeof CALL_CAUSES)[number];

/** Somebody was called, or nobody could be. */
export interface CallStepTaken {
  /** From 0. */
  readonly round: number;
  /** Its place in the chain, from 0. */
  readonly step: number;
  readonly at: Instant;
  readonly people: readonly PersonId[];
}

export interface Call {
  /** The version of the ticket that it began with: tells the calls of a ticket apart. */
  readonly id: number;
  readonly state: CallState;
  /** Whose chain it is; null for the one of major incidents. */
  readonly team: TeamId | null;
  readonly name: string;
  readonly cause: CallCause;
  readonly by: PersonId;
  readonly at: Instant;
  /** The chain as it was at the beginning. */
  readonly steps: readonly ChainStep[];
  readonly repeats: number;
  /** Oldest first. */
  readonly taken: readonly CallStepTaken[];
  /** Who has it, or stopped it, and when. */
  readonly endedBy: PersonId | null;
  readonly endedAt: Instant | null;
}

export type CallAct =
  /** The system alone names a cause. */
  | { readonly verb: 'begin-call'; readonly team: TeamId | null; readonly cause?: CallCause }
  /** For the system alone. `step` counts from 0; the number of steps stands for the end of the chain. */
  | {
      readonly verb: 'take-call-step';
      readonly call: number;
      readonly round: number;
      readonly step: number;
    }
  /** "I have it", on the call of a team or, for null, of the major incident. */
  | { readonly verb: 'acknowledge-call'; readonly team: TeamId | null }
  | { readonly verb: 'stop-call'; readonly team: TeamId | null; readonly reason: string };

export type CallEvent =
  | {
      readonly type: 'call-begun';
      readonly team: TeamId | null;
      readonly name: string;
      readonly cause: CallCause;
      readonly steps: readonly ChainStep[];
      readonly repeats: number;
    }
  | {
      readonly type: 'call-step-taken';
      readonly team: TeamId | null;
      readonly round: number;
      readonly step: number;
      readonly means: ChainStep;
      readonly people: readonly PersonId[];
    }
  | {
      readonly type: 'call-acknowledged';
      readonly team: TeamId | null;
      /** It was said well before it came here. */
      readonly late: boolean;
    }
  | { readonly type: 'call-stopped'; readonly team: TeamId | null; readonly reason: string }
  | { readonly type: 'call-used-up'; readonly team: TeamId | null };

const CALL_VERBS: Readonly<Record<CallAct['verb'], true>> = {
  'begin-call': true,
  'take-call-step': true,
  'acknowledge-call': true,
  'stop-call': true,
};

export function isCallAct<Act extends { readonly verb: string }>(act: Act): act is Extract<Act, CallAct> {
  return Object.hasOwn(CALL_VERBS, act.verb);
}

export function isCalling({ state }: Pick<Call, 'state'>): boolean {
  return state === 'calling';
}

/** Whether "I have it" still ends it: a chain that was used up is answered late rather than never. */
export function canAnswer(call: Pick<Call, 'state'>): boolean {
  return isCalling(call) || call.state === 'used-up';
}

/** The last call of a team, or of the major incident for null. */
export function callOf(calls: readonly Call[], team: TeamId | null): Call | undefined {
  return calls.find((call) => call.team === team);
}

/** Everybody whom a call reached so far, in the order of their first time. */
export function calledBy({ taken }: Pick<Call, 'taken'>): readonly PersonId[] {
  return [...new Set(taken.flatMap(({ people }) => people))];
}

/** Whether a person's "I have it" ends the call: those whom it called, and whoever owns the ticket. */
export function mayAnswer(call: Pick<Call, 'taken'>, owner: PersonId | null, person: PersonId): boolean {
  return owner === person || calledBy(call).includes(person);
}
