/**
 * The analyst's thread: trends over all records, one question after another. It has a thread of its own because a
 * question may read through everything there is, and lists are not to wait for that; it starts with the first one.
 */
import { Kysely } from 'kysely';
import { workerData } from 'node:worker_threads';
import { BoundaryError } from '../boundary-error.ts';
import type { Database } from '../schema.ts';
import { answerTrend } from '../trend/answers.ts';
import { openConnection } from './connection.ts';
import { statementDialect } from './dialect.ts';
import type { AnalystOperations, Implemented, Request } from './protocol.ts';
import { answer, serveThread } from './serve-thread.ts';
import { Statements } from './statements.ts';

/** A question that takes longer asks for too much. */
const PATIENCE_MS = 20_000;
/** Rows between two looks at the clock and at whether anybody still waits. */
const ROWS_A_LOOK = 512;

await serveThread(async (port) => {
  const { file } = workerData as { readonly file: string };
  const connection = openConnection(file, { readonly: true });
  const statements = new Statements(connection);
  const db = new Kysely<Database>({
    dialect: statementDialect((statement) => statements.execute(statement), { transactions: false }),
  });
  let look = (): void => undefined;
  let rows = 0;
  // in a condition of each query, so that one that nobody waits for any more ends in its middle
  connection.function('still_asked', { deterministic: false, varargs: true }, () => {
    if ((rows += 1) % ROWS_A_LOOK === 0) look();
    return 1;
  });

  const operations: Implemented<AnalystOperations> = {
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
  let turn: Promise<void> = Promise.resolve();
  return (request: Request) => {
    const { operation, args } = request;
    turn = turn.then(() =>
      answer(port, request, () => {
        if (operation === 'close') return void connection.close();
        if (!Object.hasOwn(operations, operation)) throw new Error(`the analyst has no ${operation}`);
        // The other end of the port is typed by the same table (see protocol.ts).
        return (operations[operation as keyof AnalystOperations] as (...all: unknown[]) => unknown)(...args);
      }),
    );
  };
});
