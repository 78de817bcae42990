/** The reader's thread: lists, search and reports over a connection that cannot write. */
import { ReadyDocuments } from './documents/ready-documents.ts';
import type { ReaderOperations } from './protocol.ts';
import { serveQuestions } from './serve-thread.ts';
import { readStatus } from './status.ts';

await serveQuestions<ReaderOperations>('reader', 'together', (statements) => {
  const ready = new ReadyDocuments(statements);
  return {
    execute: (statement) => statements.execute(statement),
    load: (names) => ready.load(names, Date.now()),
    status: () => readStatus(statements),
  };
});
