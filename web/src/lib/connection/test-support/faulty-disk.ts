import { forceCloseDatabase } from 'fake-indexeddb';
import { deleteDB, openDB } from 'idb';
import { vi } from 'vitest';
import * as Y from 'yjs';
import { databaseName } from '../database.ts';
import type { LocalSchema } from '../local-schema.ts';

/** What IndexedDB does to people: full, failing while it can still be read, out of reach, not opened. */
export type DiskFault = 'full' | 'failing' | 'lost' | 'refused';

/** The disk of one browser, with faults that a test switches on and off. `restore` ends the test's hold on it. */
export function faultyDisk(person: string) {
  const faults = new Set<DiskFault>();
  const handles = new Set<IDBDatabase>();
  const fail = (fault: DiskFault, name: string) => {
    if (faults.has(fault)) throw new DOMException(`The disk is ${fault}.`, name);
  };
  const before = <Method extends (this: never, ...args: never[]) => unknown>(
    method: Method,
    check: (args: readonly unknown[]) => void,
  ) =>
    function checked(this: unknown, ...args: unknown[]): unknown {
      check(args);
      return Reflect.apply(method, this, args);
    } as unknown as Method;
  const { open } = IDBFactory.prototype;
  const { transaction } = IDBDatabase.prototype;
  const { add, put } = IDBObjectStore.prototype;
  vi.spyOn(IDBFactory.prototype, 'open').mockImplementation(function opened(this: IDBFactory, ...args) {
    fail('refused', 'UnknownError');
    const request = open.apply(this, args);
    request.addEventListener('success', () => handles.add(request.result));
    return request;
  });
  vi.spyOn(IDBDatabase.prototype, 'transaction').mockImplementation(
    before(transaction, ([, mode]) => {
      // upgrades are begun by the imitation itself, not by the page
      if (mode !== 'versionchange') fail('lost', 'UnknownError');
    }),
  );
  const takesNothing = () => {
    fail('full', 'QuotaExceededError');
    fail('failing', 'UnknownError');
  };
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(before(add, takesNothing));
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(before(put, takesNothing));

  /** Looks at the disk as the next visit would find it, whatever is wrong with it now. */
  async function look(document: string): Promise<{ acts: ReadonlySet<string>; doc: Y.Doc }> {
    const doc = new Y.Doc();
    const name = databaseName(person);
    // opening what is not there would make an empty one
    if (!(await indexedDB.databases()).some((there) => there.name === name)) return { acts: new Set(), doc };
    const now = [...faults];
    faults.clear();
    const looking = openDB<LocalSchema>(name).then(async (database) => {
      const reading = database.transaction(['outbox', 'snapshots', 'updates'], 'readonly');
      const [commands, snapshot, updates] = await Promise.all([
        reading.objectStore('outbox').getAll(),
        reading.objectStore('snapshots').get(document),
        reading.objectStore('updates').index('name').getAll(document),
      ]);
      database.close();
      for (const { bin } of [...(snapshot ? [snapshot] : []), ...updates]) Y.applyUpdate(doc, bin);
      return { acts: new Set<string>(commands.map(({ id }) => id)), doc };
    });
    try {
      return await looking;
    } finally {
      for (const fault of now) faults.add(fault);
    }
  }

  return {
    faults,
    look,
    /** As a phone does with a page in its pocket. */
    closeBehindTheBack(): void {
      for (const handle of handles) forceCloseDatabase(handle as never);
      handles.clear();
    },
    async deleteEverything(): Promise<void> {
      await deleteDB(databaseName(person));
    },
  };
}
