/** The session machine behind real sockets on a free port, as a server application would put it there. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket as ServerSocket } from 'ws';
import type { Limits } from '../limits.ts';
import { DocumentHost } from '../server/document-host.ts';
import type { Connection, HostEvent, StatePacker, Transport } from '../server/ports.ts';
import { sessionOf } from './machine.ts';
import { MemoryDocuments } from './memory-documents.ts';

export interface SyncServer {
  readonly url: string;
  readonly host: DocumentHost;
  readonly documents: MemoryDocuments;
  readonly events: HostEvent[];
  /** Breaks every real socket without a close frame. */
  breakSockets(): void;
  readonly sockets: number;
  stop(): Promise<void>;
}

/** Listens on a free port. The person is the `person` of the query; what a browser's cookie would say. */
export async function startSyncServer(
  limits: Partial<Limits> = {},
  packer?: StatePacker,
): Promise<SyncServer> {
  const documents = new MemoryDocuments();
  const events: HostEvent[] = [];
  const host = new DocumentHost({
    documents,
    limits,
    report: (event) => events.push(event),
    ...(packer && { packer }),
  });
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', (socket, request) => {
    const [path = '', query = ''] = (request.url ?? '').split('?');
    const parameters = new URLSearchParams(query);
    const session = sessionOf(parameters.get('person') ?? 'nobody');
    const transport = wrap(socket);
    const connection =
      path === '/sync'
        ? host.openChannels(session, transport, { unpacks: parameters.get('ext') === '2' })
        : host.openStock(session, path.slice('/sync/'.length), transport, {
            extended: parameters.get('ext') === '1',
          });
    attach(socket, connection);
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const { port } = http.address() as AddressInfo;
  return {
    url: `ws://127.0.0.1:${port}/sync`,
    host,
    documents,
    events,
    breakSockets: () => {
      for (const socket of sockets.clients) socket.terminate();
    },
    get sockets() {
      return sockets.clients.size;
    },
    stop: async () => {
      documents.releaseAppends();
      await host.shutdown(0);
      for (const socket of sockets.clients) socket.terminate();
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function wrap(socket: ServerSocket): Transport {
  return {
    send: (messages) => {
      for (const bytes of messages) socket.send(bytes);
    },
    close: (code, reason) => socket.close(code, reason),
    get bufferedAmount() {
      return socket.bufferedAmount;
    },
  };
}

function attach(socket: ServerSocket, connection: Connection): void {
  socket.on('message', (data: Buffer) => connection.receive(new Uint8Array(data)));
  socket.on('close', () => connection.closed());
  socket.on('error', () => connection.closed());
}
