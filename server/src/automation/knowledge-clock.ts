/** What happens to known errors because time passes: their owners are told when their time is over. */
import type { Logger } from '../log.ts';
import { derivedCommandId } from '../commands/derived-id.ts';
import { knowledgeDue } from '../store/known-errors.ts';
import type { Store } from '../store/store.ts';
import { startClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { DueCommands } from './run-due.ts';

const EVERY_MS = 60_000;
const MOST_AT_ONCE = 200;

/** Says of what is past its time that it is, once for each end of it (PRB-60). */
export function startKnowledgeClock(store: Store, log: Logger, everyMs = EVERY_MS): Clock {
  const commands = new DueCommands(store, log);
  const tick = async (now: number): Promise<number> => {
    const due = await knowledgeDue(store.reader, now, MOST_AT_ONCE);
    return commands.run(
      due.map(({ id: target, version: basis, dueAt }) => ({
        id: derivedCommandId(`clock:knowledge-due:${target}:${dueAt}`, dueAt),
        ...{ type: 'known-error.note-due', target, args: {}, basis, clientAt: now },
      })),
    );
  };
  return startClock({
    everyMs,
    tick,
    log,
    words: {
      done: 'owners of known errors were told that their time is over',
      failed: 'the clock of known errors failed and tries again in a minute',
    },
  });
}
