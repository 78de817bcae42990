/**
 * The analyst's thread: trends over all records, one question after another. It has a thread of its own because a
 * question may read through everything there is, and lists are not to wait for that; it starts with the first one.
 */
import { BoundaryError } from '../boundary-error.ts';
import { answerTrend } from '../trend/answers.ts';
import { queriesOver } from './dialect.ts';
import type { AnalystOperations } from './protocol.ts';
import { serveQuestions } from './serve-thread.ts';

/** A question that takes longer asks for too much. */
const PATIENCE_MS = 20_000;
/** Rows between two looks at the clock and at whether anybody still waits. */
const ROWS_A_LOOK = 512;

await serveQuestions<AnalystOperations>('analyst', 'in-turn', (statements) => {
  const db = queriesOver(statements);
  let look = (): void => undefined;
  let rows = 0;
  // in a condition of each query, so that one that nobody waits for any more ends in its middle
  statements.connection.function('still_asked', { deterministic: false, varargs: true }, () => {
    if ((rows += 1) % ROWS_A_LOOK === 0) look();
    return 1;
  });

  return {
    ask: async (kind, asked, { actor, now, given }) => {
      const until = performance.now() + PATIENCE_MS;
      const flag = new Int32Array(given);
      look = () => {
        if (Atomics.load(flag, 0) !== 0) throw new BoundaryError('store/not-asked');
        if (performance.now() > until) throw new BoundaryError('store/too-much');
      };
      look();
      return answerTrend(kind, { db, actor, now, stillAsked: look }, asked);
    },
  };
});
