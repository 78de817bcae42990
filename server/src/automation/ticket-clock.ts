/** What happens to tickets because time passes: run as the system, by the same commands that people use. */
import { DEFAULT_CLOSE_AFTER_DAYS, dueToClose, snoozeEnded } from '@muster/domain/flows';
import { TERMINAL_STATES } from '@muster/domain/shared';
import type { CommandEnvelope, Ticket, TicketAct } from '@muster/domain/shared';
import { derivedCommandId } from '../commands/derived-id.ts';
import type { Logger } from '../log.ts';
import { readSetting } from '../store/settings.ts';
import type { Store } from '../store/store.ts';
import { startClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { DueCommands } from './run-due.ts';

const EVERY_MS = 60_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** After an import much may be due; the rest follows a minute later. */
const MOST_AT_ONCE = 1_000;

/** Looks every minute. What a tick did it does not do again: the commands' ids come from their causes. */
export function startTicketClock(store: Store, log: Logger): Clock {
  const commands = new DueCommands(store, log);
  return startClock({
    everyMs: EVERY_MS,
    tick: async (now) => commands.run(await dueCommands(store, now)),
    log,
    words: {
      done: 'tickets changed because their time had come',
      failed: 'the ticket clock failed and tries again in a minute',
    },
  });
}

async function dueCommands(store: Store, now: number): Promise<readonly CommandEnvelope[]> {
  const days = await readSetting<number>(store.reader, 'autoclose', DEFAULT_CLOSE_AFTER_DAYS);
  const rows = await store.reader
    .selectFrom('record')
    .select('data')
    .where((on) =>
      on.or([
        on.and([on('state', '=', 'resolved'), on('resolved_at', '<=', now - days * DAY_MS)]),
        on.and([on('snoozed_until', '<=', now), on('state', 'not in', [...TERMINAL_STATES])]),
      ]),
    )
    .orderBy('updated_at')
    .limit(MOST_AT_ONCE)
    .execute();
  return rows.flatMap(({ data }) => {
    const ticket = JSON.parse(data) as Ticket;
    const acts = [dueToClose(ticket, now, days), snoozeEnded(ticket, now)];
    return acts.flatMap((act) => (act === null ? [] : [commandFor(ticket, act, now)]));
  });
}

function commandFor(ticket: Ticket, { verb, ...args }: TicketAct, now: number): CommandEnvelope {
  const since = verb === 'unsnooze' ? ticket.snoozedUntil : ticket.resolvedAt;
  return {
    id: derivedCommandId(`clock:${verb}:${ticket.id}:${since}`, since ?? 0),
    type: `${ticket.process}.${verb}`,
    target: ticket.id,
    args,
    basis: ticket.version,
    clientAt: now,
  };
}
