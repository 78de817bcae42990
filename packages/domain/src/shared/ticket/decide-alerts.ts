import { SYSTEM } from '../ids.ts';
import { MOST_NAMED } from './alerts.ts';
import type { AlertAct } from './alerts.ts';
import { apply, lastUnseen, no, supersede } from './answer.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import { movedOn, notOpen } from './openness.ts';

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

function unfit(kase: TicketCase): TicketAnswer | null {
  if (kase.ticket.process !== 'incident') return no(kase, 'nothing-to-change', { field: 'alerts' });
  return notOpen(kase);
}
