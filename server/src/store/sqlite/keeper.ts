/**
 * The keeper's thread: slow work that nobody waits for. It folds logs into snapshots, verifies and backs up over
 * connections that cannot write; what it makes is handed to the writer.
 */
import { workerData } from 'node:worker_threads';
import { backupTo } from './backup.ts';
import { openConnection } from './connection.ts';
import { foldDocument } from './documents/fold-document.ts';
import { makeCheckpoint } from './rooms/checkpoints.ts';
import { makeSegment, roomsDue } from './rooms/segments.ts';
import type { Implemented, KeeperOperations, Request } from './protocol.ts';
import { answer, serveThread } from './serve-thread.ts';
import { Statements } from './statements.ts';
import { markedEnd, readMarker } from './marker.ts';
import { verifyStore } from './verify/verify.ts';

await serveThread(async (port) => {
  const { file } = workerData as { readonly file: string };
  const statements = new Statements(openConnection(file, { readonly: true }));
  const operations: Implemented<KeeperOperations> = {
    fold: (name) => inOneView(statements, () => foldDocument(statements, name)),
    checkpoint: (name) => inOneView(statements, () => makeCheckpoint(statements, name)),
    roomsDue: (before) => roomsDue(statements, before),
    segment: (name, before) => inOneView(statements, () => makeSegment(statements, name, before)),
    verify: () => {
      // before the view is taken: the marker never leads the store, and must not seem to
      const marker = readMarker(file);
      return inOneView(statements, () => verifyStore(statements, markedEnd(statements, marker)));
    },
    backup: (target, at) => backupTo(statements.connection, target, at),
  };
  let before: Promise<void> = Promise.resolve();
  return (request: Request) => {
    const { operation, args } = request;
    // One after another: a backup and a verification each want the connection for themselves.
    before = before.then(() =>
      answer(port, request, () => {
        if (operation === 'close') return void statements.connection.close();
        if (!Object.hasOwn(operations, operation)) throw new Error(`the keeper has no ${operation}`);
        // The other end of the port is typed by the same table (see protocol.ts).
        return (operations[operation as keyof KeeperOperations] as (...all: unknown[]) => unknown)(...args);
      }),
    );
  };
});

/** Everything that is read inside belongs to one moment, whatever the writer does meanwhile. */
async function inOneView<T>(statements: Statements, read: () => T | Promise<T>): Promise<T> {
  statements.prepare('begin').run();
  try {
    return await read();
  } finally {
    statements.prepare('commit').run();
  }
}
