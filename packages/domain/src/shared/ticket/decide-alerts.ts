import { SYSTEM } from '../ids.ts';
import { MOST_NAMED, NOT_SILENCED } from './alerts.ts';
import type { AlertAct } from './alerts.ts';
import { apply, lastUnseen, no, supersede } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import { ended, movedOn, notOpen } from './openness.ts';

/** Keeps how alerts stand; also on an incident that has ended, where the stance says why nothing else happens. */
export function decideNoteAlerts(
  kase: TicketCase,
  { verb: _verb, ...tally }: Extract<AlertAct, { verb: 'note-alerts' }>,
): TicketAnswer {
  if (kase.context.actor.id !== SYSTEM) return no(kase, 'not-permitted', { permission: 'system' });
  const elsewhere = movedOn(kase);
  if (elsewhere !== null) return elsewhere;
  return apply([{ type: 'alerts-noted', ...tally, named: tally.named.slice(0, MOST_NAMED) }]);
}

/** Says that somebody has seen the alerts. Whoever comes second is shown the first. */
export function decideAcknowledgeAlerts(kase: TicketCase): TicketAnswer {
  const refused = unfit(kase);
  if (refused !== null) return refused;
  const earlier = lastUnseen(kase, 'alerts-acknowledged');
  if (earlier !== undefined) return supersede(kase, earlier, 'already-done');
  return apply([{ type: 'alerts-acknowledged' }]);
}

/** Until then alerts of this incident are kept and counted, and neither reopen it nor write in its history. */
export function decideSilenceAlerts(
  kase: TicketCase,
  { until }: Extract<AlertAct, { verb: 'silence-alerts' }>,
): TicketAnswer {
  const refused = unfit(kase);
  if (refused !== null) return refused;
  if (!(until > kase.context.now)) return no(kase, 'time-not-ahead', { until });
  return apply([{ type: 'alerts-silenced', until }]);
}

/**
 * Alerts do again what they do from now on, also of an incident that was resolved meanwhile. What somebody else said of
 * the silence since stands, whether they ended it or silenced anew: its author had not seen what they would end.
 */
export function decideEndSilence(kase: TicketCase): TicketAnswer {
  const { ticket, context } = kase;
  if (ticket.process !== 'incident') return no(kase, 'nothing-to-change', { field: 'alerts' });
  const refused = ended(kase);
  if (refused !== null) return refused;
  const last = context.since.findLast(({ event }) => event.type === 'alerts-silenced');
  if (last?.event.type === 'alerts-silenced' && last.actor !== context.actor.id)
    return supersede(kase, last, last.event.until === NOT_SILENCED ? 'already-done' : 'silenced-anew');
  if (last?.event.type === 'alerts-silenced' && last.event.until === NOT_SILENCED)
    return no(kase, 'nothing-to-change', { field: 'alerts' });
  return apply([{ type: 'alerts-silenced', until: NOT_SILENCED }]);
}

function unfit(kase: TicketCase): TicketAnswer | null {
  if (kase.ticket.process !== 'incident') return no(kase, 'nothing-to-change', { field: 'alerts' });
  return notOpen(kase);
}
