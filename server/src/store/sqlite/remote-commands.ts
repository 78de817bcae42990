import type { CommandRunner, HistoryOutcome } from '../store.ts';
import type { Remote, WriterOperations } from './protocol.ts';

/** Histories that one transaction takes: large enough to amortise the commit, small enough to let others in between. */
const HISTORIES_AT_ONCE = 100;

/** The command path as the main thread sees it. */
export function remoteCommands(writer: Remote<WriterOperations>): CommandRunner {
  return {
    run: (commands, actor) => writer('run', commands, actor),
    actOut: (acts) => writer('actOut', acts),
    importHistories: async (histories, options) => {
      const outcomes: HistoryOutcome[] = [];
      for (let from = 0; from < histories.length; from += HISTORIES_AT_ONCE) {
        const batch = histories.slice(from, from + HISTORIES_AT_ONCE);
        outcomes.push(...(await writer('importHistories', batch, options)));
      }
      return outcomes;
    },
  };
}
