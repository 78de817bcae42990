/**
 * The keeper's thread: slow work that nobody waits for. It folds logs into snapshots, verifies and backs up over
 * connections that cannot write; what it makes is handed to the writer.
 */
import { backupTo } from './backup.ts';
import { foldDocument } from './documents/fold-document.ts';
import { makeCheckpoint } from './rooms/checkpoints.ts';
import { makeSegment, roomsDue } from './rooms/segments.ts';
import type { KeeperOperations } from './protocol.ts';
import { serveQuestions } from './serve-thread.ts';
import type { Statements } from './statements.ts';
import { markedEnd, readMarker } from './marker.ts';
import { verifyStore } from './verify/verify.ts';

// in turn: a backup and a verification each want the connection for themselves
await serveQuestions<KeeperOperations>('keeper', 'in-turn', (statements, file) => {
  return {
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
