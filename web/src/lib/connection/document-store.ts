import * as Y from 'yjs';
import type { LocalDatabase } from './database.ts';
import type { StoredDocument, UnsentMarks } from './local-schema.ts';

/**
 * Documents on this device: a snapshot and the updates after it.
 * Several tabs write the same document; updates are idempotent, so writing one twice costs only room,
 * and compaction folds whatever any tab has put there.
 */
export interface DocumentStore {
  /** Applies the local copy to `doc` (origin `LOCAL_COPY`). False when there was none. */
  load(name: string, doc: Y.Doc): Promise<LoadedCopy>;
  /**
   * Adds updates in one transaction. With `mark` they hold work of this device that the server has not
   * acknowledged, and are on the disk, not only on their way, when this resolves.
   */
  append(name: string, updates: readonly Uint8Array[], mark: OwnMark | null): Promise<void>;
  /** Folds everything stored into one snapshot of `doc`, which is brought up to date with what other tabs stored. */
  compact(name: string, doc: Y.Doc, generation: number, mark?: OwnMark | null): Promise<number>;
  /** The server has acknowledged what these marks stand for; what any tab has written since stays unsent. */
  markSent(name: string, marks: UnsentMarks): Promise<void>;
  /** The server has served it in this era, or what waited for that is given up. */
  markArrived(name: string): Promise<void>;
  markHeld(name: string, held: { readonly usedAt?: number; readonly heldVersion?: number }): Promise<void>;
  /** Takes the document off this device. */
  remove(names: readonly string[]): Promise<void>;
  about(name: string): Promise<StoredDocument | null>;
  list(): Promise<readonly StoredDocument[]>;
}

export interface LoadedCopy {
  readonly found: boolean;
  readonly unsent: boolean;
  readonly marks: UnsentMarks;
  /** The store was restored since the server last served it. */
  readonly awaited: boolean;
  /** Updates after the snapshot; many of them ask for compaction. */
  readonly tail: number;
  /** What `compact` must be told, to notice a rewrite by another tab. */
  readonly generation: number;
}

/** Which write of which tab holds work of this device. */
export interface OwnMark {
  readonly tab: string;
  /** Counts up; the newest of a tab stands for all before it. */
  readonly count: number;
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
        marks: marksOf(stored.about),
        awaited: stored.about?.awaited ?? false,
        tail: stored.tail.length,
        generation: stored.snapshot?.generation ?? 0,
      };
    },

    append: (name, updates, mark) =>
      database.write(
        ['updates', 'documents'],
        async (transaction) => {
          const store = transaction.objectStore('updates');
          await Promise.all([
            ...updates.map((bin) => store.add({ name, bin })),
            putMark(transaction.objectStore('documents'), name, mark),
          ]);
        },
        { strict: mark !== null },
      ),

    compact: (name, doc, generation, mark = null) =>
      database.write(
        ['snapshots', 'updates', 'documents'],
        async (transaction) => {
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
          await Promise.all([
            ...keys.map((key) => updates.delete(key)),
            putMark(transaction.objectStore('documents'), name, mark),
          ]);
          return next;
        },
        // the copies that it deletes may be on the disk already: it must not come to it later than their end
        { strict: true },
      ),

    markSent: (name, marks) =>
      change(database, name, (about) => {
        const left = Object.entries(marksOf(about)).filter(([tab, count]) => count > (marks[tab] ?? 0));
        return { ...about, unsent: left.length > 0, unsentBy: Object.fromEntries(left) };
      }),

    markArrived: (name) => change(database, name, (about) => ({ ...about, awaited: false })),

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

/** The count of what was written before tabs were told apart. */
const EARLIER: UnsentMarks = { earlier: 1 };

function marksOf(about: StoredDocument | undefined): UnsentMarks {
  return about?.unsentBy ?? (about?.unsent ? EARLIER : {});
}

async function putMark(
  store: {
    get(name: string): Promise<StoredDocument | undefined>;
    put(about: StoredDocument): Promise<unknown>;
  },
  name: string,
  mark: OwnMark | null,
): Promise<void> {
  const about = await store.get(name);
  if (about && !mark) return;
  const unsentBy = { ...marksOf(about), ...(mark && { [mark.tab]: mark.count }) };
  await store.put({
    ...(about ?? unknownDocument(name)),
    unsent: Object.keys(unsentBy).length > 0,
    unsentBy,
  });
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
