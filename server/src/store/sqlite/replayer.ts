/**
 * The replayer's thread: rooms as they stood. It has a thread of its own because a replay may take as long as a
 * verification is patient and lists are not, and it starts when the first history is asked for.
 */
import { workerData } from 'node:worker_threads';
import { openConnection } from './connection.ts';
import type { Implemented, ReplayerOperations, Request } from './protocol.ts';
import { readContentAt, readRecording, readSittings, readStateAt } from './rooms/room-reader.ts';
import { RoomLog } from './rooms/room-log.ts';
import { answer, serveThread } from './serve-thread.ts';
import { Statements } from './statements.ts';

await serveThread(async (port) => {
  const { file } = workerData as { readonly file: string };
  const statements = new Statements(openConnection(file, { readonly: true }));
  /** A replay reads the log in several statements: all of one moment. */
  const inOneView = <T>(read: () => T): T => statements.connection.transaction(read)();
  const operations: Implemented<ReplayerOperations> = {
    contentAt: (room, at, since) => inOneView(() => readContentAt(statements, room, at, since)),
    stateAt: (room, at) => inOneView(() => readStateAt(statements, room, at)),
    recording: (room) => inOneView(() => readRecording(statements, room)),
    sittings: (room, before, limit) => inOneView(() => readSittings(statements, room, before, limit)),
    exists: (room) => new RoomLog(statements, room).exists,
  };
  return (request: Request) => {
    const { operation, args } = request;
    void answer(port, request, () => {
      if (operation === 'close') return void statements.connection.close();
      if (!Object.hasOwn(operations, operation)) throw new Error(`the replayer has no ${operation}`);
      // The other end of the port is typed by the same table (see protocol.ts).
      return (operations[operation as keyof ReplayerOperations] as (...all: unknown[]) => unknown)(...args);
    });
  };
});
