import type { Recorded } from '../decider.ts';
import { NOT_ESCALATED } from './escalation.ts';
import type { Escalation, EscalationEvent } from './escalation.ts';

/** Folds what happened to the escalation of a ticket. Total, like the fold of the ticket. */
export function evolveEscalation(
  before: Escalation | null,
  { event, actor, at }: Pick<Recorded<unknown>, 'actor' | 'at'> & { readonly event: EscalationEvent },
): Escalation {
  const escalation = before ?? NOT_ESCALATED;
  switch (event.type) {
    case 'escalated-to-team':
      return { ...escalation, contact: event.contact };
    case 'escalated-upward':
      return { ...escalation, level: event.level, by: actor, at, reason: event.reason };
    case 'escalation-ended':
      return { ...escalation, level: 0, by: null, at: null, reason: null };
    case 'threshold-passed': {
      const { metric, percent } = event;
      return { ...escalation, passed: [...escalation.passed, { metric, percent }] };
    }
  }
}
