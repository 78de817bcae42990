import Sqlite from 'better-sqlite3';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ticketOf } from '../../../commands/records.ts';
import { admitPeople, createIncident, temporaryFolder } from '../../test-store.ts';
import { openSqliteStore } from '../open.ts';
import { putBackReaders } from './test-before.ts';

describe('0014-restricted', { timeout: 30_000 }, () => {
  it('names nobody as a reader of the records of before', async () => {
    const { folder, remove } = temporaryFolder();
    onTestFinished(remove);
    const file = join(folder, 'muster.db');
    const first = await openSqliteStore({ file });
    await admitPeople(first);
    const id = await createIncident(first);
    await first.close();
    const raw = new Sqlite(file);
    putBackReaders(raw);
    raw.close();

    const store = await openSqliteStore({ file });
    onTestFinished(() => store.close());
    const row = await store.reader
      .selectFrom('record')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(row.readers).toBeNull();
    expect(ticketOf(row).readers).toEqual([]);
    expect((await store.verify()).findings).toEqual([]);
  });
});
