import { callOf, chainFor, isCalling, nextInCall } from '../shared/index.ts';
import type { CallCause, Directory, Recorded, TeamId, Ticket, TicketEvent } from '../shared/index.ts';
import type { Reaction } from './reaction.ts';

/**
 * The call that an event begins, where there is a chain for it, and the step of a call that is due at once: the first
 * one, and those with no wait before them. What waits is the clock's.
 */
export function calls(
  { event, at }: Recorded<TicketEvent>,
  ticket: Ticket,
  directory: Directory,
): readonly Reaction[] {
  const about = { process: ticket.process, target: ticket.id } as const;
  if (event.type === 'call-begun' || event.type === 'call-step-taken') {
    const call = callOf(ticket.calls, event.team);
    const next = call === undefined ? null : nextInCall(call);
    if (call === undefined || next === null || next.at > at) return [];
    const { round, step } = next;
    return [{ ...about, part: 'call-step', act: { verb: 'take-call-step', call: call.id, round, step } }];
  }
  const begun = beginning(event, ticket);
  if (begun === null || chainFor(directory, begun.team) === undefined) return [];
  const going = callOf(ticket.calls, begun.team);
  if (going !== undefined && isCalling(going)) return [];
  return [{ ...about, part: 'call', act: { verb: 'begin-call', ...begun } }];
}

/** Whom an event calls. A second raise goes to the managers, whom no team's chain speaks for. */
function beginning(
  event: TicketEvent,
  { team, channel }: Ticket,
): { readonly team: TeamId | null; readonly cause: CallCause } | null {
  switch (event.type) {
    case 'escalated-to-team':
      return { team: event.team, cause: 'escalated' };
    case 'escalated-upward':
      return event.before === 0 && team !== null ? { team, cause: 'raised' } : null;
    case 'major-accepted':
      return { team: null, cause: 'major' };
    case 'created':
      return channel === 'alert' && team !== null ? { team, cause: 'alert' } : null;
    default:
      return null;
  }
}
