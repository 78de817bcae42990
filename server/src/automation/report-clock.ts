/** Reminds people of status reports: run as the system, once for each due time and again when it has passed. */
import { nextReportAt, reportStageAt } from '@muster/domain/shared';
import type { CommandEnvelope, Instant, ReportStage, Ticket } from '@muster/domain/shared';
import { derivedCommandId } from '../commands/derived-id.ts';
import { ticketOf } from '../commands/records.ts';
import type { Logger } from '../log.ts';
import type { Store } from '../store/store.ts';
import { startClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { DueCommands } from './run-due.ts';

const EVERY_MS = 60_000;
/** Of what was due longer ago nobody is reminded: it came by an import, or the store stood still. */
const STALE_MS = 24 * 60 * 60 * 1000;

/**
 * Looks every minute at the major incidents that go on: they are few. The commands' ids come from incident, due time
 * and stage, so nobody is reminded twice, whenever the process ends; what was said is also kept in memory, so that a
 * command is not run again each minute.
 */
export function startReportClock(store: Store, log: Logger): Clock {
  const commands = new DueCommands(store, log);
  let said: ReadonlySet<string> = new Set();
  const tick = async (now: number): Promise<number> => {
    const due = (await dueCommands(store, now)).filter(({ id }) => !said.has(id));
    const reminded = await commands.run(due);
    said = new Set([...said, ...due.map(({ id }) => id)].slice(-MOST_REMEMBERED));
    return reminded;
  };
  return startClock({
    everyMs: EVERY_MS,
    tick,
    log,
    words: { done: 'status reports are due', failed: 'the report clock failed and tries again in a minute' },
  });
}

/** More than are due at a time in the largest desk. */
const MOST_REMEMBERED = 10_000;

async function dueCommands(store: Store, now: number): Promise<readonly CommandEnvelope[]> {
  const rows = await store.reader
    .selectFrom('record')
    .select(['id', 'data'])
    .where('major', '=', 'accepted')
    .execute();
  return rows.map(ticketOf).flatMap((ticket): readonly CommandEnvelope[] => {
    const due = nextReportAt(ticket.major);
    const stage = due === null || due <= now - STALE_MS ? null : reportStageAt(due, now);
    return due === null || stage === null ? [] : [commandFor(ticket, due, stage, now)];
  });
}

function commandFor(ticket: Ticket, due: Instant, stage: ReportStage, now: number): CommandEnvelope {
  return {
    id: derivedCommandId(`clock:report:${ticket.id}:${due}:${stage}`, due),
    type: `${ticket.process}.remind-report`,
    target: ticket.id,
    args: { due, stage },
    basis: ticket.version,
    clientAt: now,
  };
}
