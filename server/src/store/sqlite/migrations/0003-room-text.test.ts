import { describe, expect, it } from 'vitest';
import { searchRecords } from '../../query/index.ts';
import { RITA, actor } from '../../test-store.ts';
import { putBackSumsOfBytes } from './test-before.ts';
import { reopening } from './test-reopened.ts';

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

const reopenedAfter = reopening();

describe('0003-room-text', () => {
  it('takes the text of rooms out of what requesters search, and gives them their description back', async () => {
    const { store, row } = await reopenedAfter((raw) => {
      putBackSumsOfBytes(raw);
      raw.exec(BEFORE);
    });
    const found = async (by: ReturnType<typeof actor>, text: string) =>
      (await searchRecords(store.reader, by, text, null, 5)).items.map(({ record }) => record.id);
    expect(await found(actor(RITA, 'requester'), 'xylophone')).toEqual([]);
    expect(await found(actor(RITA, 'requester'), 'since nine')).toEqual([row.id]);
    expect(await found(actor(RITA, 'agent'), 'xylophone')).toEqual([row.id]);
  });
});
