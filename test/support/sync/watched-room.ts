/** A room as somebody watched it: what stood there after each update, and who had typed each character. */
import { roomFragment, roomName } from '@muster/documents';
import type { ProseRoot } from '@muster/documents';
import type { RecordId } from '@muster/domain/shared';
import type { StockClient, TestServer } from '@muster/server/testing';
import * as Y from 'yjs';
import { contentOf } from './prose.ts';

const ROOTS = ['description', 'notes', 'review'] as const satisfies readonly ProseRoot[];

/** One character, who typed it and when it was committed. */
export type TypedCharacter = readonly [character: string, person: string, at: number];

export interface Sight {
  readonly seq: number;
  readonly at: number;
  readonly content: string;
  readonly typed: Readonly<Record<(typeof ROOTS)[number], readonly TypedCharacter[]>>;
}

export class WatchedRoom {
  readonly name: string;
  /** By sequence, from 1. */
  readonly sights: Sight[] = [];
  readonly #server: TestServer;
  readonly #watcher: StockClient;
  /** When each structure was first seen, by client and clock. */
  readonly #seenAt = new Map<string, number>();
  /** Whose pen a client id is. */
  readonly #pens: ReadonlyMap<number, string>;
  readonly #opening: { readonly person: string; readonly at: number };

  constructor(
    server: TestServer,
    record: RecordId,
    watcher: StockClient,
    pens: ReadonlyMap<number, string>,
    opening: { readonly person: string; readonly at: number },
  ) {
    this.name = roomName(record);
    this.#server = server;
    this.#watcher = watcher;
    this.#pens = pens;
    this.#opening = opening;
  }

  get doc(): Y.Doc {
    return this.#watcher.doc;
  }

  /** Writes down what stands there, as the newest update of the log. */
  async note(): Promise<void> {
    const { seq, at } = await this.#server.store.reader
      .selectFrom('document_update')
      .select(['seq', 'at'])
      .where('name', '=', this.name)
      .orderBy('seq', 'desc')
      .limit(1)
      .executeTakeFirstOrThrow();
    const when = this.sights.length === 0 ? this.#opening.at : at;
    const typed = (root: ProseRoot) => this.#typedIn(roomFragment(this.doc, root), when);
    const sight = { description: typed('description'), notes: typed('notes'), review: typed('review') };
    this.sights.push({ seq, at: when, content: contentOf(this.doc), typed: sight });
  }

  #typedIn(node: Y.XmlFragment | Y.XmlElement, now: number): TypedCharacter[] {
    return node.toArray().flatMap((child) => {
      if (child instanceof Y.XmlText) return this.#charactersOf(child, now);
      return child instanceof Y.XmlElement ? this.#typedIn(child, now) : [];
    });
  }

  #charactersOf(text: Y.XmlText, now: number): TypedCharacter[] {
    const characters: TypedCharacter[] = [];
    for (let item = text._start; item !== null; item = item.right) {
      if (item.deleted || !(item.content instanceof Y.ContentString)) continue;
      const { client, clock } = item.id;
      for (const [index, character] of [...item.content.str].entries()) {
        const key = `${client} ${clock + index}`;
        const at = this.#seenAt.get(key) ?? now;
        this.#seenAt.set(key, at);
        characters.push([character, this.#pens.get(client) ?? this.#opening.person, at]);
      }
    }
    return characters;
  }
}

export { ROOTS };
