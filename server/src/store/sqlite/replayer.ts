/**
 * The replayer's thread: rooms as they stood. It has a thread of its own because a replay may take as long as a
 * verification is patient and lists are not, and it starts when the first history is asked for.
 */
import type { ReplayerOperations } from './protocol.ts';
import { readContentAt, readRecording, readSittings, readStateAt } from './rooms/room-reader.ts';
import { RoomLog } from './rooms/room-log.ts';
import { serveQuestions } from './serve-thread.ts';

await serveQuestions<ReplayerOperations>('replayer', 'together', (statements) => {
  /** A replay reads the log in several statements: all of one moment. */
  const inOneView = <T>(read: () => T): T => statements.connection.transaction(read)();
  return {
    contentAt: (room, at, since) => inOneView(() => readContentAt(statements, room, at, since)),
    stateAt: (room, at) => inOneView(() => readStateAt(statements, room, at)),
    recording: (room) => inOneView(() => readRecording(statements, room)),
    sittings: (room, before, limit) => inOneView(() => readSittings(statements, room, before, limit)),
    exists: (room) => new RoomLog(statements, room).exists,
  };
});
