import { openDB } from 'idb';
import type { IDBPDatabase, IDBPTransaction, StoreNames } from 'idb';
import { ulid } from 'ulid';
import { BoundaryError } from './boundary-error.ts';
import { LOCAL_SCHEMA_VERSION } from './local-schema.ts';
import type { LocalSchema } from './local-schema.ts';
import { upgradeStores } from './local-upgrade.ts';
import { causeOf, within } from './storage-failure.ts';

/** A handle on its way, and what is known of why it is not there yet. */
export interface OpeningHandle {
  /** Rejects with `storage-blocked` when the browser takes longer than a person should wait. */
  soon(): Promise<OpenHandle>;
  readonly opened: Promise<OpenHandle>;
}

export interface OpenHandle {
  readonly database: IDBPDatabase<LocalSchema>;
  /** Made with the stores: another one means that what was kept before is gone. */
  readonly identity: unknown;
}

/** How long another tab may hold up an upgrade, or the browser an answer, before that is said. */
const OPEN_PATIENCE_MS = 4000;

/** `lost` is called when another tab upgrades or deletes the database, or the browser closes it in the background. */
export function openHandle(name: string, lost: () => void): OpeningHandle {
  let blocked = false;
  const opened = open(name, lost, () => (blocked = true));
  const late = () =>
    blocked
      ? new BoundaryError('storage-blocked', 'Another tab of an older Muster holds the local copy. Close it.')
      : new BoundaryError(
          'storage-blocked',
          'The browser does not open the local copy. Another tab of Muster may hold it.',
        );
  return { opened, soon: () => within(opened, OPEN_PATIENCE_MS, late) };
}

async function open(name: string, lost: () => void, blocked: () => void): Promise<OpenHandle> {
  if (typeof indexedDB === 'undefined' || (indexedDB as IDBFactory | null) === null)
    throw new BoundaryError('storage-missing', 'This browser keeps nothing for this page.');
  let aborted: Promise<void> = Promise.resolve();
  const database = await openDB<LocalSchema>(name, LOCAL_SCHEMA_VERSION, {
    upgrade: (fresh, oldVersion, _newVersion, transaction) => {
      aborted = transaction.done;
      aborted.catch(() => undefined);
      createStores(fresh, oldVersion, transaction);
      upgradeStores(fresh, oldVersion);
    },
    blocked,
    blocking: lost,
    terminated: lost,
  }).catch(async (error: unknown) => {
    throw await causeOf(error, aborted);
  });
  try {
    return { database, identity: (await database.get('meta', IDENTITY))?.value };
  } catch (error) {
    database.close();
    throw error;
  }
}

const IDENTITY = 'identity';

function createStores(
  database: IDBPDatabase<LocalSchema>,
  oldVersion: number,
  transaction: IDBPTransaction<LocalSchema, StoreNames<LocalSchema>[], 'versionchange'>,
): void {
  if (oldVersion >= 1) return;
  database.createObjectStore('updates', { autoIncrement: true }).createIndex('name', 'name');
  database.createObjectStore('snapshots', { keyPath: 'name' });
  database.createObjectStore('documents', { keyPath: 'name' });
  database
    .createObjectStore('outbox', { keyPath: 'order', autoIncrement: true })
    .createIndex('id', 'id', { unique: true });
  database.createObjectStore('attention', { keyPath: 'id' });
  database.createObjectStore('rescued', { keyPath: 'id' });
  database.createObjectStore('meta', { keyPath: 'key' });
  void transaction.objectStore('meta').put({ key: IDENTITY, value: ulid() });
}
