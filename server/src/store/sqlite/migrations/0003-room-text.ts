import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The text of rooms gets a column of its own, since staff alone may search it; the description becomes again what
 * the record was made with. An FTS5 table takes no new column, so it is made anew.
 */
const STATEMENTS = [
  `create virtual table record_text_next using fts5 (
    number, title, description, conversation, notes, room,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  )`,
  `insert into record_text_next (rowid, number, title, description, conversation, notes, room)
    select text.rowid, text.number, text.title, coalesce(event.data ->> '$.description', ''),
      text.conversation, text.notes, text.description
    from record_text as text
      join record on record.key = text.rowid
      join event on event.record = record.id and event.version = 1`,
  `drop table record_text`,
  `alter table record_text_next rename to record_text`,
];

export const roomText: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
