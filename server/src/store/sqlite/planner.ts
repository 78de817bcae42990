/**
 * The thread of one import of the configuration: it reads the file, plans over a connection of its own, and says what
 * comes next. It ends with the import, and what a large file took of memory with it.
 */
import { Answerable, classesOf } from '@muster/domain/configuration';
import { Kysely } from 'kysely';
import { workerData } from 'node:worker_threads';
import { ImportWork } from '../../import/configuration/import-work.ts';
import { NotThatFormat } from '../../import/configuration/not-that-format.ts';
import { presentConfiguration } from '../../import/configuration/present.ts';
import { FileTooLarge, MAX_FILE_BYTES, readFileAs, textOf } from '../../import/configuration/read-file.ts';
import { readRules } from '../configuration.ts';
import { loadDirectory } from '../directory.ts';
import type { Database } from '../schema.ts';
import { openConnection } from './connection.ts';
import { statementDialect } from './dialect.ts';
import type { Implemented, PlannerOperations, Request } from './protocol.ts';
import { answer, serveThread } from './serve-thread.ts';
import { Statements } from './statements.ts';

await serveThread(async (port) => {
  const { file } = workerData as { readonly file: string };
  const connection = openConnection(file, { readonly: true });
  const statements = new Statements(connection);
  const db = new Kysely<Database>({
    dialect: statementDialect((statement) => statements.execute(statement), { transactions: false }),
  });
  let work: ImportWork | null = null;
  const planned = (): ImportWork => {
    if (work === null) throw new Error('nothing is planned yet');
    return work;
  };

  const operations: Implemented<PlannerOperations> = {
    plan: async (bytes, as, actor) => {
      try {
        const text = await textOf(bytes, MAX_FILE_BYTES[as.format]);
        const directory = actor.permissions.has('directory.read') ? await loadDirectory(db) : null;
        const imported = readFileAs(text, as, {
          classes: classesOf(await readRules(db)),
          people: new Answerable(directory),
        });
        work = new ImportWork(imported, await presentConfiguration(db, imported.source), actor);
        return { ok: true, source: work.source, of: work.of };
      } catch (error) {
        if (error instanceof FileTooLarge) return { ok: false, why: 'too-large' };
        if (error instanceof NotThatFormat)
          return { ok: false, why: 'not-that-format', words: error.message };
        throw error;
      }
    },
    standing: () => planned().standing(),
    next: () => planned().next(),
    settle: (outcomes) => planned().settle(outcomes),
    report: (mode) => new TextEncoder().encode(JSON.stringify(planned().report(mode))),
  };
  let turn: Promise<void> = Promise.resolve();
  return (request: Request) => {
    const { operation, args } = request;
    turn = turn.then(() =>
      answer(port, request, () => {
        if (operation === 'close') return void connection.close();
        if (!Object.hasOwn(operations, operation)) throw new Error(`the planner has no ${operation}`);
        // The other end of the port is typed by the same table (see protocol.ts).
        return (operations[operation as keyof PlannerOperations] as (...all: unknown[]) => unknown)(...args);
      }),
    );
  };
});
