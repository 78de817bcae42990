/** Stock y-websocket providers, torn down with the test. */
import { expect, onTestFinished, vi } from 'vitest';
import { WebSocket as NodeSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { openChannelSocket } from '../client/channel-socket.ts';
import type { ChannelSocket, ChannelSocketOptions } from '../client/channel-socket.ts';
import type { ChannelEvents } from '../client/channel.ts';
import type { Progress } from '../client/progress.ts';
import type { Limits } from '../limits.ts';
import type { StatePacker } from '../server/ports.ts';
import { startSyncServer } from './sync-server.ts';
import type { SyncServer } from './sync-server.ts';

// Real sockets share this machine with whatever else runs on it.
vi.setConfig({ testTimeout: 30_000 });

/** Waits until a value is as expected. */
export const eventually = <Value>(read: () => Value) => expect.poll(read, { timeout: 15_000, interval: 10 });

/** The browser's class and ws's agree in all that is used here. */
export const RealSocket = NodeSocket as unknown as typeof WebSocket;

export interface Client {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  readonly closes: number[];
  readonly events: string[];
  progress: Progress | null;
}

export async function serve(limits?: Partial<Limits>, packer?: StatePacker): Promise<SyncServer> {
  const server = await startSyncServer(limits, packer);
  onTestFinished(() => server.stop());
  return server;
}

/** A stock provider on its own socket, with nothing of ours in it. */
export function stockClient(server: SyncServer, person: string, name: string): Client {
  return client(
    (doc) =>
      new WebsocketProvider(server.url, name, doc, {
        WebSocketPolyfill: RealSocket,
        params: { person },
        disableBc: true,
      }),
  );
}

export function sharedSocket(
  server: SyncServer,
  person: string,
  options: Partial<ChannelSocketOptions> = {},
): ChannelSocket {
  const socket = openChannelSocket({
    url: `${server.url}?ext=1&person=${person}`,
    WebSocket: RealSocket,
    backOff: { firstMs: 20, maxMs: 100 },
    ...options,
  });
  onTestFinished(() => socket.close());
  return socket;
}

/** A stock provider on a channel of the shared socket. */
export function channelClient(server: SyncServer, socket: ChannelSocket, name: string): Client {
  const heard: Pick<Client, 'events'> & { progress: Progress | null } = { events: [], progress: null };
  const events: ChannelEvents = {
    opened: () => heard.events.push('opened'),
    hello: () => heard.events.push('hello'),
    nack: ({ code }) => heard.events.push(`nack ${code}`),
    reset: ({ next }) => heard.events.push(`reset ${next}`),
    progress: (progress) => (heard.progress = progress),
    closed: (code) => heard.events.push(`closed ${code}`),
  };
  const made = client(
    (doc) =>
      new WebsocketProvider(server.url, name, doc, {
        WebSocketPolyfill: socket.polyfillFor(name, events),
        disableBc: true,
      }),
  );
  return Object.defineProperty({ ...made, events: heard.events }, 'progress', { get: () => heard.progress });
}

function client(open: (doc: Y.Doc) => WebsocketProvider): Client {
  const doc = new Y.Doc();
  const provider = open(doc);
  const closes: number[] = [];
  provider.on('closed', ({ code }) => closes.push(code));
  onTestFinished(() => provider.destroy());
  return { doc, provider, closes, events: [], progress: null };
}
