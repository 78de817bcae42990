/** A relay that only forwards bytes, each frame as it comes: what a socket costs without any document. */
import type { WebSocket } from 'ws';
import type { BenchServer } from './server.ts';
import { listen } from './sockets.ts';

export function startRelay(): Promise<BenchServer> {
  const rooms = new Map<string, Set<WebSocket>>();
  return listen('relay', (socket, name) => {
    const room = rooms.get(name) ?? new Set();
    rooms.set(name, room.add(socket));
    socket.on('message', (data: Buffer) => {
      for (const other of room) if (other !== socket) other.send(data, { binary: true });
    });
    socket.on('close', () => room.delete(socket));
  });
}
