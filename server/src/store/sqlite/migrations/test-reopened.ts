/** For tests of migrations: a store as it was before some of them, opened again. Nothing here is used when serving. */
import Sqlite from 'better-sqlite3';
import type { Selectable } from 'kysely';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { RecordTable } from '../../schema.ts';
import type { Store } from '../../store.ts';
import { admitPeople, createIncident, temporaryFolder } from '../../test-store.ts';
import { openSqliteStore } from '../open.ts';

/** Makes an incident, puts its store back, opens it anew, and answers the incident's row; all goes with the test. */
export async function reopenedAfter(
  putBack: (raw: Sqlite.Database) => void,
): Promise<{ readonly store: Store; readonly row: Selectable<RecordTable> }> {
  const { folder, remove } = temporaryFolder();
  onTestFinished(remove);
  const file = join(folder, 'muster.db');
  const first = await openSqliteStore({ file });
  await admitPeople(first);
  const id = await createIncident(first);
  await first.close();
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
}
