/** What happens to changes because time passes: run as the system, by the same commands that people use. */
import { dueByClock } from '@muster/domain/change';
import type { CommandEnvelope } from '@muster/domain/shared';
import { derivedCommandId } from '../commands/derived-id.ts';
import type { Logger } from '../log.ts';
import { changeOf } from '../store/changes.ts';
import type { Store } from '../store/store.ts';
import { startClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { DueCommands } from './run-due.ts';

/** Approvers have days; nobody minds when theirs are over this much later. */
const EVERY_MS = 30_000;
const MOST_AT_ONCE = 1_000;

/**
 * Looks at the changes of which an approver's time is over. The commands' ids come from change, version and deadline,
 * so that none runs twice; what fell due while the server was away is done at its start.
 */
export function startChangeClock(store: Store, log: Logger): Clock {
  const commands = new DueCommands(store, log);
  return startClock({
    everyMs: EVERY_MS,
    tick: async (now) => commands.run(await dueCommands(store, now)),
    log,
    words: {
      done: 'the time of approvers was over',
      failed: 'the clock of changes failed and tries again in half a minute',
    },
  });
}

async function dueCommands(store: Store, now: number): Promise<readonly CommandEnvelope[]> {
  const rows = await store.reader
    .selectFrom('change')
    .select(['data', 'due_at'])
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(MOST_AT_ONCE)
    .execute();
  return rows.flatMap((row): readonly CommandEnvelope[] => {
    const change = changeOf(row);
    const act = dueByClock(change, now);
    if (act === null || row.due_at === null) return [];
    const { id: target, version: basis } = change;
    const id = derivedCommandId(`clock:${act.verb}:${target}:${basis}`, row.due_at);
    return [{ id, type: `change.${act.verb}`, target, args: {}, basis, clientAt: now }];
  });
}
