/** The reader's thread: lists, search and reports over a connection that cannot write. */
import { workerData } from 'node:worker_threads';
import { openConnection } from './connection.ts';
import { ReadyDocuments } from './documents/ready-documents.ts';
import type { Implemented, ReaderOperations, Request } from './protocol.ts';
import { answer, serveThread } from './serve-thread.ts';
import { Statements } from './statements.ts';
import { readStatus } from './status.ts';

await serveThread(async (port) => {
  const { file } = workerData as { readonly file: string };
  const statements = new Statements(openConnection(file, { readonly: true }));
  const ready = new ReadyDocuments(statements);
  const operations: Implemented<ReaderOperations> = {
    execute: (statement) => statements.execute(statement),
    load: (names) => ready.load(names, Date.now()),
    status: () => readStatus(statements),
  };
  return (request: Request) => {
    const { operation, args } = request;
    void answer(port, request, () => {
      if (operation === 'close') return void statements.connection.close();
      if (!Object.hasOwn(operations, operation)) throw new Error(`the reader has no ${operation}`);
      // The other end of the port is typed by the same table (see protocol.ts).
      return (operations[operation as keyof ReaderOperations] as (...all: unknown[]) => unknown)(...args);
    });
  };
});
