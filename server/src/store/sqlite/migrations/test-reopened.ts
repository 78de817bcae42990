/** For tests of migrations: a store as it was before some of them, opened again. Nothing here is used when serving. */
import Sqlite from 'better-sqlite3';
import type { Selectable } from 'kysely';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import type { RecordTable } from '../../schema-records.ts';
import type { Store } from '../../store.ts';
import { admitPeople, createIncident, temporaryFolder } from '../../test-store.ts';
import { openSqliteStore } from '../open.ts';

const FILE = 'muster.db';

/** Puts a copy of a store with an incident back, opens it, and answers the incident's row; all goes with the test. */
export type ReopenedAfter = (
  putBack: (raw: Sqlite.Database) => void,
) => Promise<{ readonly store: Store; readonly row: Selectable<RecordTable> }>;

/** The store is made once for the tests of the file that calls this: opening one is most of what such a test costs. */
export function reopening(): ReopenedAfter {
  const made = temporaryFolder();
  afterAll(made.remove);
  let making: ReturnType<typeof createIncident> | null = null;
  return async (putBack) => {
    making ??= makeStore(made.folder);
    const id = await making;
    const { folder, remove } = temporaryFolder();
    onTestFinished(remove);
    cpSync(made.folder, folder, { recursive: true });
    const file = join(folder, FILE);
    const raw = new Sqlite(file);
    putBack(raw);
    raw.close();

    const store = await openSqliteStore({ file });
    onTestFinished(() => store.close());
    const row = await store.reader
      .selectFrom('record')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return { store, row };
  };
}

async function makeStore(folder: string): ReturnType<typeof createIncident> {
  const store = await openSqliteStore({ file: join(folder, FILE) });
  await admitPeople(store);
  const id = await createIncident(store);
  await store.close();
  return id;
}
