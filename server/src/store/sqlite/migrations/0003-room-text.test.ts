import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { searchRecords } from '../../query/index.ts';
import { RITA, actor, admitPeople, createIncident, temporaryFolder } from '../../test-store.ts';
import { openSqliteStore } from '../open.ts';
import { putBackSumsOfBytes } from './test-before.ts';

/** The store as it was before, with a room's text where the description belongs. */
const BEFORE = `
  drop table room_segment;
  drop table room_checkpoint;
  drop table number_gap;
  drop table restore;
  alter table instance drop column era;
  alter table instance drop column chain_seq;
  alter table instance drop column chain_hash;
  alter table document drop column indexed_seq;
  alter table document_update drop column recovered;
  drop table record_text;
  create virtual table record_text using fts5 (
    number, title, description, conversation, notes,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  );
  insert into record_text (rowid, number, title, description, conversation, notes)
    values (1, 'INC-1', 'Mail is down', 'staff wrote xylophone', '', '');
  delete from kysely_migration where name >= '0003';
`;

describe('0003-room-text', { timeout: 30_000 }, () => {
  it('takes the text of rooms out of what requesters search, and gives them their description back', async () => {
    const { folder, remove } = temporaryFolder();
    const file = join(folder, 'muster.db');
    const first = await openSqliteStore({ file });
    await admitPeople(first);
    const id = await createIncident(first);
    await first.close();
    const raw = new Sqlite(file);
    putBackSumsOfBytes(raw);
    raw.exec(BEFORE);
    raw.close();
    const store = await openSqliteStore({ file });
    const found = async (by: ReturnType<typeof actor>, text: string) =>
      (await searchRecords(store.reader, by, text, null, 5)).items.map(({ record }) => record.id);
    expect(await found(actor(RITA, 'requester'), 'xylophone')).toEqual([]);
    expect(await found(actor(RITA, 'requester'), 'since nine')).toEqual([id]);
    expect(await found(actor(RITA, 'agent'), 'xylophone')).toEqual([id]);
    await store.close();
    remove();
  });
});
