import { couldRead } from './access.ts';
import { apply, no } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import type { TicketAct } from './commands.ts';

/** Follows a ticket, oneself or another person who may read it. */
export function decideWatch(kase: TicketCase, act: Extract<TicketAct, { verb: 'watch' }>): TicketAnswer {
  const { ticket, context } = kase;
  const person = act.person ?? context.actor.id;
  if (act.person !== undefined && person !== context.actor.id) {
    const known = context.directory.people.get(person);
    if (known?.active !== true) return no(kase, 'unknown-person', { person });
    if (!couldRead(known, ticket)) return no(kase, 'invalid-value', { field: 'person', value: person });
  }
  if (ticket.watchers.includes(person)) return no(kase, 'nothing-to-change', { field: 'watchers' });
  return apply([{ type: 'watched', person }]);
}

export function decideUnwatch(kase: TicketCase, act: Extract<TicketAct, { verb: 'unwatch' }>): TicketAnswer {
  const person = act.person ?? kase.context.actor.id;
  if (!kase.ticket.watchers.includes(person)) return no(kase, 'nothing-to-change', { field: 'watchers' });
  return apply([{ type: 'unwatched', person }]);
}
