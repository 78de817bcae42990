import type { RoomHistory } from '../../rooms.ts';
import type { Remote, ReplayerOperations, WriterOperations } from '../protocol.ts';

/** Rooms' past as the main thread sees it. A room that nobody has opened yet is made first, as opening it would. */
export function roomHistory(
  writer: Remote<WriterOperations>,
  replayer: () => Promise<Remote<ReplayerOperations>>,
  keep: (before: number) => Promise<number>,
): RoomHistory {
  const ready = async (room: string): Promise<Remote<ReplayerOperations>> => {
    const ask = await replayer();
    if (!(await ask('exists', room))) await writer('load', room);
    return ask;
  };
  return {
    contentAt: async (room, at, since) => (await ready(room))('contentAt', room, at, since),
    stateAt: async (room, at) => (await ready(room))('stateAt', room, at),
    recording: async (room) => (await ready(room))('recording', room),
    sittings: async (room, before, limit) => (await ready(room))('sittings', room, before, limit),
    keep,
  };
}
