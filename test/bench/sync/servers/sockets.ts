/** What the plain servers share: one port, one document a socket, named by the path. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import type { BenchServer, Dialect } from './server.ts';

/** `stream` is the connection below the socket. */
export type Welcome = (socket: WebSocket, document: string, stream: Duplex) => void;

export async function listen(
  dialect: Dialect,
  welcome: Welcome,
  prepareDocument: (name: string, index: number) => void = () => undefined,
): Promise<BenchServer> {
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, clientTracking: false });
  const http = createServer((_, response) => response.writeHead(404).end());
  http.on('upgrade', (request, stream, head) => {
    sockets.handleUpgrade(request, stream, head, (socket) => {
      socket.binaryType = 'nodebuffer';
      socket.on('error', () => undefined);
      welcome(socket, (request.url ?? '/').slice(1), stream);
    });
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  return {
    address: `ws://127.0.0.1:${(http.address() as AddressInfo).port}/`,
    dialect,
    prepare({ documents }) {
      const names = Array.from({ length: documents }, (_, index) => `room-${index}`);
      for (const [index, name] of names.entries()) prepareDocument(name, index);
      return Promise.resolve({ documents: names, cookies: [], incidents: [] });
    },
  };
}
