import { KINDS, kindOf } from '@muster/documents';
import { CLOSE, PAGE_VERSION } from '@muster/sync';
import { canUnpackStates, openChannelSocket } from '@muster/sync/client';
import type { BackOff, ChannelSocket } from '@muster/sync/client';
import { createEncoder, toUint8Array, writeVarUint } from 'lib0/encoding';
import { writeUpdate } from 'y-protocols/sync';
import { WebsocketProvider } from 'y-websocket';
import type { LinkClosed, OpenLink } from './link.ts';
import { Listeners } from './listeners.ts';
import type { Transport } from './transport.ts';

/**
 * The stock `WebsocketProvider` for each document, all on one socket. Documents that people write also reach
 * this person's other tabs directly. What came that way is sent by each tab that shows it: the one that made it may be
 * killed before it could, and no tab may call saved what only tabs have. The server takes it once.
 */
export function openChannelTransport(options: ChannelTransportOptions): Transport {
  const changed = new Listeners();
  const refused = new Listeners<[reason: 'session-ended' | 'client-too-old']>();
  let clockOffsetMs: number | null = null;
  const socket = openChannelSocket({
    url: options.url,
    ...(options.WebSocket ? { WebSocket: options.WebSocket } : {}),
    ...(options.backOff ? { backOff: options.backOff } : {}),
  });
  socket.onStatus((status) => {
    if (status.state === 'closed' && status.lastClose) {
      const reason = reasonOf(status.lastClose.code);
      if (reason === 'session-ended' || reason === 'client-too-old') refused.tell(reason);
    }
    changed.tell();
  });

  return {
    openLink: linkOver(socket, options.person, (serverTime) => {
      const offset = serverTime - Date.now();
      // every document says hello; the difference between them is their way, not the clock
      if (clockOffsetMs !== null && Math.abs(offset - clockOffsetMs) < SAME_CLOCK_MS) return;
      clockOffsetMs = offset;
      changed.tell();
    }),
    get state() {
      return socket.status.state;
    },
    get clockOffsetMs() {
      return clockOffsetMs;
    },
    onChange: (listener) => changed.add(listener),
    onRefused: (listener) => refused.add(listener),
    suspend: () => socket.goOffline(),
    resume: () => socket.goOnline(),
    close: () => socket.close(),
  };
}

export interface ChannelTransportOptions {
  /** `wss://host/sync?ext=2`; with 1 first states come plain. */
  readonly url: string;
  /** Keeps tabs of several people in one browser apart. */
  readonly person: string;
  readonly WebSocket?: typeof WebSocket;
  readonly backOff?: BackOff;
}

/** The address of the one socket on the page's own server. */
export function socketUrl(location: Pick<Location, 'protocol' | 'host'>): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sync?ext=${canUnpackStates() ? 2 : 1}&page=${PAGE_VERSION}`;
}

const SAME_CLOCK_MS = 500;

function linkOver(socket: ChannelSocket, person: string, hello: (serverTime: number) => void): OpenLink {
  return (name, doc, events) => {
    let acknowledged = false;
    const kind = kindOf(name);
    const polyfill = socket.polyfillFor(name, {
      hello: ({ serverTime }) => hello(serverTime),
      progress({ pending, caughtUp }) {
        const now = caughtUp && pending === 0;
        if (now === acknowledged) return;
        acknowledged = now;
        events.changed();
      },
      reset: ({ next }) => events.moved(next),
    });
    const provider = new WebsocketProvider(`muster:${person}`, name, doc, {
      WebSocketPolyfill: polyfill,
      disableBc: kind !== null && KINDS[kind].writer === 'server',
    });
    // Others have seen this state end with the old connection: they take it again only with a newer clock.
    provider.on('status', ({ status }) => {
      const { awareness } = provider;
      if (status === 'connected' && awareness.getLocalState() !== null)
        awareness.setLocalState(awareness.getLocalState());
    });
    const fromServer = tellApart(provider);
    const sendOn = (update: Uint8Array, origin: unknown): void => {
      if (origin === provider && !fromServer()) provider.ws?.send(updateFrame(update));
    };
    doc.on('update', sendOn);
    provider.on('sync', () => events.changed());
    provider.on('closed', ({ code }) => events.closed(reasonOf(code)));
    return {
      awareness: provider.awareness,
      get synced() {
        return provider.synced;
      },
      get acknowledged() {
        return acknowledged;
      },
      isOrigin: (origin) => origin === provider && fromServer(),
      reconnect: () => provider.connect(),
      destroy: () => {
        doc.off('update', sendOn);
        provider.destroy();
      },
    };
  };
}

/** The provider applies what the server and what other tabs say under one origin; says which of them speaks now. */
function tellApart(provider: WebsocketProvider): () => boolean {
  let fromServer = false;
  const take = provider.messageHandlers[SYNC];
  provider.messageHandlers[SYNC] = (encoder, decoder, of, isFromServer, type) => {
    fromServer = isFromServer;
    try {
      take?.(encoder, decoder, of, isFromServer, type);
    } finally {
      fromServer = false;
    }
  };
  return () => fromServer;
}

/** y-protocols' number of messages about a document's content. */
const SYNC = 0;

function updateFrame(update: Uint8Array): Uint8Array<ArrayBuffer> {
  const encoder = createEncoder();
  writeVarUint(encoder, SYNC);
  writeUpdate(encoder, update);
  return toUint8Array(encoder);
}

function reasonOf(code: number): LinkClosed {
  switch (code) {
    case CLOSE.sessionEnded:
      return 'session-ended';
    case CLOSE.forbidden:
      return 'forbidden';
    case CLOSE.gone:
      return 'gone';
    case CLOSE.updateRejected:
      return 'update-rejected';
    case CLOSE.epochGone:
      return 'epoch-gone';
    case CLOSE.clientTooOld:
      return 'client-too-old';
    default:
      return 'refused';
  }
}
