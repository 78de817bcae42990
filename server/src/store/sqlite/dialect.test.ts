import { sql } from 'kysely';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Store } from '../store.ts';
import { temporaryFolder } from '../test-store.ts';
import { openSqliteStore } from './open.ts';

const team = (id: string) => ({ id, name: `Team ${id}`, lead: null });

describe('the store as a Kysely database', () => {
  const { folder, remove } = temporaryFolder();
  let store: Store;
  beforeAll(async () => {
    store = await openSqliteStore({ file: join(folder, 'muster.db') });
  });
  afterAll(async () => {
    await store.close();
    remove();
  });

  it('tells how many rows a statement changed, with and without returning', async () => {
    const inserted = await store.writer
      .insertInto('team')
      .values([team('a'), team('b')])
      .executeTakeFirst();
    expect(inserted.numInsertedOrUpdatedRows).toBe(2n);
    const updated = await store.writer
      .updateTable('team')
      .set({ name: 'x' })
      .where('id', '=', 'a')
      .executeTakeFirst();
    expect(updated.numUpdatedRows).toBe(1n);
    const deleted = await store.writer
      .deleteFrom('team')
      .where('id', 'in', ['a', 'b'])
      .returning('name')
      .execute();
    expect(deleted.map(({ name }) => name).sort()).toEqual(['Team b', 'x']);
  });

  it('shows the reader what the writer has answered', async () => {
    for (let round = 0; round < 20; round += 1) {
      await store.writer
        .insertInto('team')
        .values(team(`r${round}`))
        .execute();
      const row = await store.reader
        .selectFrom('team')
        .select('id')
        .where('id', '=', `r${round}`)
        .executeTakeFirst();
      expect(row?.id).toBe(`r${round}`);
    }
  });

  it('writes several statements together or not at all', async () => {
    const broken = [team('t1'), team('t2'), team('t1')].map((row) =>
      store.writer.insertInto('team').values(row),
    );
    await expect(store.together(broken)).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' });
    const rows = await store.reader.selectFrom('team').select('id').where('id', 'in', ['t1', 't2']).execute();
    expect(rows).toEqual([]);
  });

  it('refuses a transaction over the port and writing through the reader', async () => {
    await expect(store.writer.transaction().execute(async () => 1)).rejects.toMatchObject({
      code: 'store/no-transactions',
    });
    await expect(store.reader.insertInto('team').values(team('n')).execute()).rejects.toMatchObject({
      code: 'store/io-error',
    });
    await expect(sql`selekt`.execute(store.reader)).rejects.toThrow('syntax error');
  });

  it('fails calls after it was closed', async () => {
    const other = temporaryFolder();
    const closed = await openSqliteStore({ file: join(other.folder, 'muster.db') });
    await closed.close();
    await expect(closed.documents.load('notice')).rejects.toMatchObject({ code: 'store/closed' });
    await expect(closed.status()).rejects.toMatchObject({ code: 'store/closed' });
    other.remove();
  });
});
