import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { DocumentLink, LinkClosed, LinkEvents, OpenLink } from '../link.ts';
import { Listeners } from '../listeners.ts';
import type { Transport } from '../transport.ts';

/**
 * A wire within one process: documents on one side, links on the other, and a plug to pull.
 * It takes the place of socket and server where the subject is what the client makes of them.
 */
export function openWire() {
  const documents = new Map<string, Y.Doc>();
  const links = new Set<WireLink>();
  const forbidden = new Set<string>();
  const changed = new Listeners();
  const refused = new Listeners<[reason: 'session-ended' | 'client-too-old']>();
  let plugged = true;
  let acknowledging = true;

  function serverDocument(name: string): Y.Doc {
    let doc = documents.get(name);
    if (!doc) {
      const made = new Y.Doc();
      made.on('update', (update: Uint8Array, origin: unknown) => {
        for (const link of links) if (link.name === name && link !== origin) link.receive(update);
      });
      documents.set(name, (doc = made));
    }
    return doc;
  }

  const openLink: OpenLink = (name, doc, events) => {
    const link: WireLink = new WireLink(name, doc, events, {
      server: () => serverDocument(name),
      isPlugged: () => plugged,
      isForbidden: () => forbidden.has(name),
      isAcknowledging: () => acknowledging,
      others: () => [...links].filter((other) => other !== link && other.name === name),
      gone: () => links.delete(link),
    });
    links.add(link);
    link.connect();
    return link;
  };

  const transport: Transport = {
    openLink,
    get state() {
      return plugged ? 'open' : 'closed';
    },
    clockOffsetMs: null,
    onChange: (listener) => changed.add(listener),
    onRefused: (listener) => refused.add(listener),
    suspend: () => plug(false),
    resume: () => plug(true),
    close: () => undefined,
  };

  function plug(next: boolean): void {
    if (plugged === next) return;
    plugged = next;
    for (const link of links)
      if (plugged) link.connect();
      else link.disconnect();
    changed.tell();
  }

  return {
    transport,
    openLink,
    document: serverDocument,
    /** Names that clients have open. */
    opened: () => [...links].map((link) => link.name).toSorted(),
    unplug: () => plug(false),
    plugIn: () => plug(true),
    /** Holds back or sends the word that everything is on the server's disk. */
    acknowledge(next: boolean) {
      acknowledging = next;
      for (const link of links) link.events.changed();
    },
    /** Whoever opens it from now on may not. */
    forbid: (name: string) => void forbidden.add(name),
    closeDocument(name: string, reason: LinkClosed) {
      for (const link of [...links]) if (link.name === name) link.closeFor(reason);
    },
    move(from: string, next: string) {
      for (const link of [...links]) if (link.name === from) link.events.moved(next);
    },
  };
}

interface WireEnds {
  readonly server: () => Y.Doc;
  readonly isPlugged: () => boolean;
  readonly isForbidden: () => boolean;
  readonly isAcknowledging: () => boolean;
  readonly others: () => readonly WireLink[];
  readonly gone: () => void;
}

class WireLink implements DocumentLink {
  readonly name: string;
  readonly events: LinkEvents;
  readonly awareness: Awareness;
  synced = false;
  readonly #doc: Y.Doc;
  readonly #ends: WireEnds;
  #closed = false;

  constructor(name: string, doc: Y.Doc, events: LinkEvents, ends: WireEnds) {
    this.name = name;
    this.events = events;
    this.#doc = doc;
    this.#ends = ends;
    this.awareness = new Awareness(doc);
    doc.on('update', this.#send);
    this.awareness.on('update', this.#sendAwareness);
  }

  get acknowledged(): boolean {
    return this.synced && this.#ends.isAcknowledging();
  }

  isOrigin(origin: unknown): boolean {
    return origin === this;
  }

  connect(): void {
    if (!this.#ends.isPlugged() || this.#closed) return;
    queueMicrotask(() => {
      if (!this.#ends.isPlugged() || this.#closed || this.synced) return;
      if (this.#ends.isForbidden()) return this.closeFor('forbidden');
      const server = this.#ends.server();
      Y.applyUpdate(this.#doc, Y.encodeStateAsUpdate(server, Y.encodeStateVector(this.#doc)), this);
      Y.applyUpdate(server, Y.encodeStateAsUpdate(this.#doc, Y.encodeStateVector(server)), this);
      this.synced = true;
      this.events.changed();
    });
  }

  disconnect(): void {
    this.synced = false;
    this.events.changed();
  }

  reconnect(): void {
    this.#closed = false;
    this.connect();
  }

  receive(update: Uint8Array): void {
    if (this.synced) Y.applyUpdate(this.#doc, update, this);
  }

  closeFor(reason: LinkClosed): void {
    this.#closed = true;
    this.synced = false;
    this.events.closed(reason);
  }

  destroy(): void {
    this.#closed = true;
    this.#doc.off('update', this.#send);
    this.awareness.destroy();
    this.#ends.gone();
  }

  readonly #send = (update: Uint8Array, origin: unknown): void => {
    if (origin === this || !this.synced) return;
    Y.applyUpdate(this.#ends.server(), update, this);
    this.events.changed();
  };

  readonly #sendAwareness = (
    { added, updated, removed }: { added: number[]; updated: number[]; removed: number[] },
    origin: unknown,
  ): void => {
    if (origin !== 'local') return;
    const update = encodeAwarenessUpdate(this.awareness, [...added, ...updated, ...removed]);
    for (const other of this.#ends.others()) applyAwarenessUpdate(other.awareness, update, this);
  };
}
