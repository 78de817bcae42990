/** What happens to problems because time passes: whoever answers for one is told that nothing happens (PRB-13). */
import type { Logger } from '../log.ts';
import { derivedCommandId } from '../commands/derived-id.ts';
import { problemsDue } from '../store/problems.ts';
import type { Store } from '../store/store.ts';
import { startClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { DueCommands } from './run-due.ts';

const EVERY_MS = 60_000;
const MOST_AT_ONCE = 200;

/** Reminds of quiet problems and of accepted risks that are due for review. */
export function startProblemClock(store: Store, log: Logger, everyMs = EVERY_MS): Clock {
  const commands = new DueCommands(store, log);
  const tick = async (now: number): Promise<number> => {
    const due = await problemsDue(store.reader, now, MOST_AT_ONCE);
    return commands.run(
      due.map(({ id: target, version: basis, dueAt }) => ({
        id: derivedCommandId(`clock:problem:${target}:${dueAt}`, dueAt),
        ...{ type: 'problem.remind', target, args: {}, basis, clientAt: now },
      })),
    );
  };
  return startClock({
    everyMs,
    tick,
    log,
    words: {
      done: 'owners of problems were reminded',
      failed: 'the clock of problems failed and tries again in a minute',
    },
  });
}
