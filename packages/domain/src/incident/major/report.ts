/** Status reports: who sends them, how often, and who is reminded of the next. */
import { SYSTEM } from '../../shared/ids.ts';
import type { Actor } from '../../shared/people.ts';
import { apply, lastUnseen, no, supersede, tellEach, tellReplaced } from '../../shared/ticket/answer.ts';
import type { TicketAnswer } from '../../shared/ticket/answer.ts';
import type { MajorIncident } from '../../shared/ticket/major.ts';
import { commanderOf } from '../../shared/ticket/major.ts';
import { nextReportAt } from '../../shared/ticket/report-cadence.ts';
import { LEAST_REPORT_MINUTES, MOST_REPORT_MINUTES } from '../../shared/ticket/report.ts';
import type { ReportAct, StatusReport } from '../../shared/ticket/report.ts';
import { MAX_NOTE } from '../../shared/ticket/text.ts';
import { lacking } from './declare.ts';
import type { MajorCase } from './parties.ts';
import { holds, leads } from './parties.ts';
import { notForYou } from './roles.ts';

/** Whether somebody speaks for the response: its leaders, its scribe and both liaisons. */
export function reportsOn(actor: Actor, major: MajorIncident): boolean {
  const speaks = (['scribe', 'customer-liaison', 'internal-liaison'] as const).some((role) =>
    holds(major, actor.id, role),
  );
  return speaks || leads(actor, major);
}

export function decideReport(kase: MajorCase, act: ReportAct): TicketAnswer {
  switch (act.verb) {
    case 'send-report':
      return reportsOn(kase.context.actor, kase.major) ? send(kase, act) : notForYou(kase);
    case 'set-report-interval':
      return leads(kase.context.actor, kase.major) ? setInterval(kase, act) : notForYou(kase);
    case 'remind-report':
      return remind(kase, act);
  }
}

/** Each report is history of its own: of two sent at once both stand. */
function send(kase: MajorCase, { conditions, actions, needs }: StatusReport): TicketAnswer {
  const said = { conditions: conditions.trim(), actions: actions.trim(), needs: needs.trim() };
  if (said.conditions === '') return lacking(kase, 'conditions', '');
  for (const field of ['conditions', 'actions', 'needs'] as const) {
    if (said[field].length > MAX_NOTE) return lacking(kase, field, said[field]);
  }
  return apply([{ type: 'report-sent', ...said }]);
}

function setInterval(
  kase: MajorCase,
  { minutes }: Extract<ReportAct, { verb: 'set-report-interval' }>,
): TicketAnswer {
  if (minutes !== null && !isInterval(minutes)) {
    return no(kase, 'invalid-value', { field: 'reportInterval', value: minutes });
  }
  const before = kase.major.reports?.minutes ?? null;
  const other = lastUnseen(kase, 'report-interval-set', (event) => event.minutes === before);
  if (minutes === before) {
    if (other !== undefined) return supersede(kase, other, 'already-done');
    return no(kase, 'nothing-to-change', { field: 'reportInterval' });
  }
  return apply(
    [{ type: 'report-interval-set', minutes, before }],
    other === undefined ? [] : tellReplaced(kase, other.actor, 'reportInterval', before, minutes),
  );
}

function isInterval(minutes: number): boolean {
  return Number.isSafeInteger(minutes) && minutes >= LEAST_REPORT_MINUTES && minutes <= MOST_REPORT_MINUTES;
}

/** Leaves no event behind: that nobody was told anything is no history. */
function remind(
  kase: MajorCase,
  { due, stage }: Extract<ReportAct, { verb: 'remind-report' }>,
): TicketAnswer {
  const { major, context } = kase;
  if (context.actor.id !== SYSTEM) return no(kase, 'not-permitted', { permission: 'system' });
  if (nextReportAt(major) !== due) return no(kase, 'nothing-to-change', { field: 'report' });
  const scribe = major.roles.find(({ role }) => role === 'scribe')?.person ?? null;
  return apply([], tellEach(kase, [commanderOf(major), scribe], 'report-due', { due, stage }));
}
