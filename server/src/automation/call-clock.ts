/** Goes on with calls whose wait is over: run as the system, by the commands that people use. */
import { nextInCall } from '@muster/domain/shared';
import type { Call, CommandEnvelope, Instant, Ticket } from '@muster/domain/shared';
import { derivedCommandId } from '../commands/derived-id.ts';
import { ticketOf } from '../commands/records.ts';
import type { Logger } from '../log.ts';
import type { Store } from '../store/store.ts';
import { startClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { DueCommands } from './run-due.ts';

/** A call waits for minutes; nobody minds when it goes on this much later. */
const EVERY_MS = 5_000;

/**
 * Looks at the records that call somebody: they are few. What follows at once upon a step is run with it, in its
 * transaction. The commands' ids come from record, call, round and step, so that each step is taken once, whenever
 * the process ends; and however long it was away, a call goes on from where it stood, for it is still unanswered.
 */
export function startCallClock(store: Store, log: Logger): Clock {
  const commands = new DueCommands(store, log);
  return startClock({
    everyMs: EVERY_MS,
    tick: async (now) => commands.run(await dueCommands(store, now)),
    log,
    words: { done: 'calls went on', failed: 'the call clock failed and tries again in a few seconds' },
  });
}

async function dueCommands(store: Store, now: Instant): Promise<readonly CommandEnvelope[]> {
  const rows = await store.reader
    .selectFrom('record')
    .select(['id', 'data'])
    .where('calling', '=', 1)
    .execute();
  return rows.map(ticketOf).flatMap((ticket) =>
    ticket.calls.flatMap((call): readonly CommandEnvelope[] => {
      const next = nextInCall(call);
      return next === null || next.at > now ? [] : [commandFor(ticket, call, next, now)];
    }),
  );
}

function commandFor(
  ticket: Ticket,
  call: Call,
  { round, step, at }: NonNullable<ReturnType<typeof nextInCall>>,
  now: Instant,
): CommandEnvelope {
  return {
    id: derivedCommandId(`clock:call:${ticket.id}:${call.id}:${round}:${step}`, at),
    type: `${ticket.process}.take-call-step`,
    target: ticket.id,
    args: { call: call.id, round, step },
    basis: ticket.version,
    clientAt: now,
  };
}
