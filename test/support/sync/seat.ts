/** A device in the sync suite: its documents, opened over one of the two transports, on a line that can be cut. */
import { PAGE_VERSION } from '@muster/sync';
import { openChannelSocket } from '@muster/sync/client';
import type { ChannelSocket, Progress } from '@muster/sync/client';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { Line } from './line.ts';
import type { Random } from './random.ts';

/** Stock providers listen for the end of a Node process, once for each document. */
process.setMaxListeners(0);

/** How a device speaks with the server: one stock socket a document, or channels on one socket of ours. */
export type TransportKind = 'stock' | 'channels';

export interface SeatOptions {
  readonly url: string;
  readonly cookie: string;
  readonly transport: TransportKind;
  /** Gives the documents their client ids, which decide who stands first where two wrote at once. */
  readonly random: Random;
  /** Some frames of stock sockets arrive twice. */
  readonly repeats?: boolean;
}

interface Copy {
  readonly doc: Y.Doc;
  readonly provider: WebsocketProvider;
  progress: Progress;
}

const NOTHING_KNOWN: Progress = { pending: 0, caughtUp: false };

export class Seat {
  readonly transport: TransportKind;
  readonly line: Line;
  /** Permanent closes and refused updates, in words; a client that behaves collects none. */
  readonly refusals: string[] = [];
  /** Under which name documents go on, by the name they had; told on channels. */
  readonly resets = new Map<string, string>();
  readonly #url: string;
  readonly #random: Random;
  readonly #channels: ChannelSocket | null;
  readonly #copies = new Map<string, Copy>();
  readonly #progressListeners = new Set<() => void>();

  constructor({ url, cookie, transport, random, repeats = false }: SeatOptions) {
    this.transport = transport;
    // a stock socket minds no frame twice; our own gives each channel its number once
    this.line = new Line({ cookie }, () => transport === 'stock' && repeats && random.chance(10));
    this.#url = `${url.replace(/^http/, 'ws')}/sync`;
    this.#random = random;
    this.#channels =
      transport === 'stock'
        ? null
        : openChannelSocket({
            url: `${this.#url}?ext=1&page=${PAGE_VERSION}`,
            WebSocket: this.line.WebSocket,
            backOff: { firstMs: 10, maxMs: 50 },
          });
  }

  get names(): readonly string[] {
    return [...this.#copies.keys()];
  }

  /** Opens a document, or finds it open. */
  open(name: string): Y.Doc {
    return this.#copies.get(name)?.doc ?? this.#attach(name, new Y.Doc());
  }

  holds(name: string): boolean {
    return this.#copies.has(name);
  }

  isSynced(name: string): boolean {
    return this.#copies.get(name)?.provider.synced ?? false;
  }

  /** Whether the server has told that all of a document is on its disk; known on channels only. */
  isSaved(name: string): boolean {
    const progress = this.#copies.get(name)?.progress ?? NOTHING_KNOWN;
    return progress.caughtUp && progress.pending === 0;
  }

  /** Told whenever the server acknowledged something, on channels. */
  onProgress(listener: () => void): void {
    this.#progressListeners.add(listener);
  }

  /** Shows others who is here. */
  appear(name: string, state: Readonly<Record<string, unknown>>): void {
    this.#copies.get(name)?.provider.awareness.setLocalState(state);
  }

  /** Who is on a document and what they tell, by client id; oneself too. */
  presence(name: string): ReadonlyMap<number, unknown> {
    return this.#copies.get(name)?.provider.awareness.getStates() ?? new Map();
  }

  /** The page is loaded anew and begins from its local copy of each document, as another Yjs client. */
  reload(): void {
    for (const [name, { doc, provider }] of [...this.#copies]) {
      provider.destroy();
      const copy = new Y.Doc();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
      doc.destroy();
      this.#attach(name, copy);
    }
  }

  close(): void {
    for (const { provider, doc } of this.#copies.values()) {
      provider.destroy();
      doc.destroy();
    }
    this.#channels?.close();
    this.line.cut();
  }

  #attach(name: string, doc: Y.Doc): Y.Doc {
    doc.clientID = this.#random.below(2 ** 31);
    const progress = (next: Progress): void => {
      copy.progress = next;
      for (const listener of this.#progressListeners) listener();
    };
    const provider = new WebsocketProvider(this.#url, name, doc, {
      WebSocketPolyfill:
        this.#channels?.polyfillFor(name, {
          progress: (next) => progress(next),
          reset: ({ next }) => this.resets.set(name, next),
          nack: ({ code, text }) => this.refusals.push(`${name}: ${code} ${text}`),
        }) ?? this.line.WebSocket,
      connect: false,
      disableBc: true,
      maxBackoffTime: 50,
    });
    provider.on('closed', ({ code, reason }) => this.refusals.push(`${name}: ${code} ${reason}`));
    const copy: Copy = { doc, provider, progress: NOTHING_KNOWN };
    this.#copies.set(name, copy);
    provider.connect();
    return doc;
  }
}
