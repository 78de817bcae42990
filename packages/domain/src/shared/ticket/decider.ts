import type { DecisionContext, Decider, Tell, Verdict } from '../decider.ts';
import { ok, refuse, unreachable } from '../result.ts';
import { couldRead } from './access.ts';
import type { Readable } from './access.ts';
import { no } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import { decideAssign } from './assign.ts';
import { authorise } from './authorise.ts';
import { decideClaim, decideCoOwn, decideHandoverRequest } from './claim.ts';
import { isCallAct } from './call.ts';
import type { TicketAct, TicketCommand } from './commands.ts';
import { decideComment, decideReply } from './conversation.ts';
import { decideCreate } from './create.ts';
import {
  decideAcknowledgeAlerts,
  decideEndSilence,
  decideNoteAlerts,
  decideSilenceAlerts,
} from './decide-alerts.ts';
import { callsFollowing, decideCall } from './decide-call.ts';
import { decideEscalation } from './decide-escalation.ts';
import { decideEdit } from './edit.ts';
import type { TicketEvent } from './events.ts';
import { evolveTicket } from './evolve.ts';
import { isEscalationAct } from './escalation.ts';
import { isMajorAct } from './major.ts';
import type { TicketOverlay } from './overlay.ts';
import type { Lifecycle } from './lifecycle.ts';
import { decideNameItems } from './items.ts';
import { decideLink, decideUnlink } from './links.ts';
import { decideMerge } from './merge.ts';
import { decideOverride } from './priority.ts';
import { ticketRefusal } from './refusals.ts';
import type { TicketRefusal } from './refusals.ts';
import { decideRestrict } from './restrict.ts';
import { decideSnooze, decideUnsnooze } from './snooze.ts';
import type { Ticket } from './ticket.ts';
import { decideTransition } from './transition.ts';
import { decideUnwatch, decideWatch } from './watch.ts';

type WorkAct = Exclude<TicketAct, { verb: 'create' }>;

export type TicketDecider = Decider<Ticket, TicketCommand, TicketEvent, TicketRefusal>;

/** The decider of a process whose records are tickets: the shared kernel on that process's lifecycle. */
export function ticketDecider(lifecycle: Lifecycle, overlay: TicketOverlay | null = null): TicketDecider {
  return {
    decide: (state, command, context) => decideTicket({ lifecycle, overlay }, state, command, context),
    evolve: (state, recorded, target) => evolveTicket(lifecycle.process, state, recorded, target),
    relatedTo,
  };
}

function relatedTo(command: TicketCommand): readonly Ticket['id'][] {
  switch (command.verb) {
    case 'merge':
      return [command.into];
    case 'link':
    case 'unlink':
      return [command.target];
    default:
      return [];
  }
}

function decideTicket(
  { lifecycle, overlay }: { readonly lifecycle: Lifecycle; readonly overlay: TicketOverlay | null },
  state: Ticket | null,
  command: TicketCommand,
  context: DecisionContext<Ticket, TicketEvent>,
): TicketAnswer {
  const { process } = lifecycle;
  const absent = refuse(ticketRefusal(process, 'no-such-record', { record: context.target }));
  // What belongs to another process is not here: the same answer as for what is not there.
  if (command.process !== process || (state !== null && state.process !== process)) return absent;
  if (command.verb === 'create') return decideCreate(state, command, context, overlay);
  if (state === null) return absent;
  const refusal = authorise(state, command, context.actor);
  if (refusal !== null) return refuse(refusal);
  const unseen = context.since.filter(({ actor }) => actor !== context.actor.id);
  const kase = { ticket: state, lifecycle, context, unseen };
  const answer = overlay === null ? decideAct(kase, command) : decideWithOverlay(overlay, kase, command);
  if (!answer.ok) return answer;
  const call = callsFollowing(kase, answer.value.events);
  const events = [...answer.value.events, ...call.events];
  const tell = [...answer.value.tell, ...call.tell];
  return ok({ ...answer.value, events, tell: heard({ events, tell }, state, context) });
}

/** Nobody is told of what they may not read, any more or yet: they left its team, or this act shuts them out. */
function heard(
  { tell, events }: Pick<Verdict<TicketEvent>, 'tell' | 'events'>,
  ticket: Ticket,
  { directory }: Pick<DecisionContext<Ticket, TicketEvent>, 'directory'>,
): readonly Tell[] {
  const after = events.reduce<Readable>(
    (readable, event) =>
      event.type === 'restricted'
        ? { ...readable, restrictedTo: event.team, readers: event.people }
        : readable,
    ticket,
  );
  return tell.filter(({ person }) => {
    const known = directory.people.get(person);
    return known !== undefined && couldRead(known, after);
  });
}

function decideWithOverlay(overlay: TicketOverlay, kase: TicketCase, act: WorkAct): TicketAnswer {
  const forbidden = overlay.forbid(kase, act);
  if (forbidden !== null) return forbidden;
  if (isMajorAct(act)) return overlay.decide(kase, act);
  const answer = decideAct(kase, act);
  if (!answer.ok) return answer;
  const { events } = answer.value;
  return ok({ ...answer.value, events: [...events, ...overlay.follow(kase, events)] });
}

function decideAct(kase: TicketCase, act: WorkAct): TicketAnswer {
  if (isMajorAct(act)) return no(kase, 'unknown-act', { verb: act.verb });
  if (isEscalationAct(act)) return decideEscalation(kase, act);
  if (isCallAct(act)) return decideCall(kase, act);
  switch (act.verb) {
    case 'claim':
      return decideClaim(kase);
    case 'co-own':
      return decideCoOwn(kase);
    case 'request-handover':
      return decideHandoverRequest(kase, act);
    case 'assign':
      return decideAssign(kase, act);
    case 'transition':
      return decideTransition(kase, act);
    case 'edit':
      return decideEdit(kase, act);
    case 'override-priority':
      return decideOverride(kase, act);
    case 'link':
      return decideLink(kase, act);
    case 'unlink':
      return decideUnlink(kase, act);
    case 'name-items':
      return decideNameItems(kase, act);
    case 'merge':
      return decideMerge(kase, act);
    case 'comment':
      return decideComment(kase, act);
    case 'reply':
      return decideReply(kase, act);
    case 'watch':
      return decideWatch(kase, act);
    case 'unwatch':
      return decideUnwatch(kase, act);
    case 'restrict':
      return decideRestrict(kase, act);
    case 'snooze':
      return decideSnooze(kase, act);
    case 'unsnooze':
      return decideUnsnooze(kase);
    case 'note-alerts':
      return decideNoteAlerts(kase, act);
    case 'acknowledge-alerts':
      return decideAcknowledgeAlerts(kase);
    case 'silence-alerts':
      return decideSilenceAlerts(kase, act);
    case 'end-silence':
      return decideEndSilence(kase);
    default:
      return unreachable(act);
  }
}
