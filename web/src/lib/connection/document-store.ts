import * as Y from 'yjs';
import type { LocalDatabase } from './database.ts';
import type { StoredDocument } from './local-schema.ts';

/**
 * Documents on this device: a snapshot and the updates after it.
 * Several tabs write the same document; updates are idempotent, so writing one twice costs only room,
 * and compaction folds whatever any tab has put there.
 */
export interface DocumentStore {
  /** Applies the local copy to `doc` (origin `LOCAL_COPY`). False when there was none. */
  load(name: string, doc: Y.Doc): Promise<LoadedCopy>;
  /**
   * Adds updates in one transaction. `unsent` marks the document as holding work of this device
   * that the server has not acknowledged.
   */
  append(name: string, updates: readonly Uint8Array[], options: { readonly unsent: boolean }): Promise<void>;
  /** Folds everything stored into one snapshot of `doc`, which is brought up to date with what other tabs stored. */
  compact(name: string, doc: Y.Doc, generation: number): Promise<number>;
  /** The server has acknowledged all that this device made. */
  markSent(name: string): Promise<void>;
  markHeld(name: string, held: { readonly usedAt?: number; readonly heldVersion?: number }): Promise<void>;
  /** Takes the document off this device. */
  remove(names: readonly string[]): Promise<void>;
  about(name: string): Promise<StoredDocument | null>;
  list(): Promise<readonly StoredDocument[]>;
}

export interface LoadedCopy {
  readonly found: boolean;
  readonly unsent: boolean;
  /** Updates after the snapshot; many of them ask for compaction. */
  readonly tail: number;
  /** What `compact` must be told, to notice a rewrite by another tab. */
  readonly generation: number;
}

/** Origin of transactions that only bring in what this device had already. */
export const LOCAL_COPY = Symbol('local copy');

export function openDocumentStore(database: LocalDatabase): DocumentStore {
  return {
    async load(name, doc) {
      const stored = await database.read(['snapshots', 'updates', 'documents'], async (transaction) => {
        const [snapshot, tail, about] = await Promise.all([
          transaction.objectStore('snapshots').get(name),
          transaction.objectStore('updates').index('name').getAll(name),
          transaction.objectStore('documents').get(name),
        ]);
        return { snapshot, tail, about };
      });
      doc.transact(() => {
        if (stored.snapshot) Y.applyUpdate(doc, stored.snapshot.bin, LOCAL_COPY);
        for (const update of stored.tail) Y.applyUpdate(doc, update.bin, LOCAL_COPY);
      }, LOCAL_COPY);
      return {
        found: stored.snapshot !== undefined || stored.tail.length > 0,
        unsent: stored.about?.unsent ?? false,
        tail: stored.tail.length,
        generation: stored.snapshot?.generation ?? 0,
      };
    },

    append: (name, updates, { unsent }) =>
      database.write(['updates', 'documents'], async (transaction) => {
        const store = transaction.objectStore('updates');
        const about = await transaction.objectStore('documents').get(name);
        await Promise.all(updates.map((bin) => store.add({ name, bin })));
        if (!about || (unsent && !about.unsent)) {
          await transaction.objectStore('documents').put({ ...(about ?? unknownDocument(name)), unsent });
        }
      }),

    compact: (name, doc, generation) =>
      database.write(['snapshots', 'updates'], async (transaction) => {
        const snapshots = transaction.objectStore('snapshots');
        const updates = transaction.objectStore('updates');
        const [snapshot, keys, tail] = await Promise.all([
          snapshots.get(name),
          updates.index('name').getAllKeys(name),
          updates.index('name').getAll(name),
        ]);
        // another tab's snapshot may hold what has not reached this tab: never write over it unread
        if (snapshot && snapshot.generation !== generation) Y.applyUpdate(doc, snapshot.bin, LOCAL_COPY);
        for (const update of tail) Y.applyUpdate(doc, update.bin, LOCAL_COPY);
        const next = (snapshot?.generation ?? 0) + 1;
        await snapshots.put({ name, bin: Y.encodeStateAsUpdate(doc), generation: next });
        await Promise.all(keys.map((key) => updates.delete(key)));
        return next;
      }),

    markSent: (name) => change(database, name, (about) => ({ ...about, unsent: false })),

    markHeld: (name, held) => change(database, name, (about) => ({ ...about, ...held })),

    remove: (names) =>
      database.write(['snapshots', 'updates', 'documents'], async (transaction) => {
        const updates = transaction.objectStore('updates');
        for (const name of names) {
          const keys = await updates.index('name').getAllKeys(name);
          await Promise.all([
            ...keys.map((key) => updates.delete(key)),
            transaction.objectStore('snapshots').delete(name),
            transaction.objectStore('documents').delete(name),
          ]);
        }
      }),

    about: (name) =>
      database.read(
        ['documents'],
        async (transaction) => (await transaction.objectStore('documents').get(name)) ?? null,
      ),

    list: () => database.read(['documents'], (transaction) => transaction.objectStore('documents').getAll()),
  };
}

function unknownDocument(name: string): StoredDocument {
  return { name, unsent: false, usedAt: 0, heldVersion: 0 };
}

function change(
  database: LocalDatabase,
  name: string,
  make: (about: StoredDocument) => StoredDocument,
): Promise<void> {
  return database.write(['documents'], async (transaction) => {
    const store = transaction.objectStore('documents');
    await store.put(make((await store.get(name)) ?? unknownDocument(name)));
  });
}
