import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * The sums of logs cover whole rows, keys included, where they covered the bytes alone: a row that an index shows
 * under the key of another is seen. Each row is judged by its old sum as it lies in its table, whatever an index says
 * of it, and one that did not have it keeps it: it has no sum of the new kind either, and stays damaged.
 *
 * The tables stay as they are. Without row ids there would be no index to be wrong, but SQLite would split pages in
 * the middle for each room that is typed in, and read a long value whole to compare its key.
 *
 * The functions are those of sql-functions.ts. A row whose types are not those of its columns is no row to write on.
 */
const STATEMENTS = [
  `update document_update not indexed
    set crc = update_sum(name, seq, person, session, at, recovered, bin)
    where ${typed({ name: 'text', seq: 'integer', person: 'text', session: 'text', bin: 'blob' })}
      and ${typed({ at: 'integer', recovered: 'integer', crc: 'integer' })}
      and crc = bytes_crc(bin)`,
  `update document_snapshot not indexed
    set sha256 = row_hash(name, seq, at, bin)
    where ${typed({ name: 'text', seq: 'integer', at: 'integer', bin: 'blob', sha256: 'text' })}
      and sha256 = bytes_hash(bin)`,
  `update room_segment not indexed
    set sha256 = row_hash(name, from_seq, to_seq, first_at, last_at, bin)
    where ${typed({ name: 'text', from_seq: 'integer', to_seq: 'integer', bin: 'blob', sha256: 'text' })}
      and ${typed({ first_at: 'integer', last_at: 'integer' })}
      and sha256 = bytes_hash(bin)`,
  `update room_checkpoint not indexed
    set sha256 = row_hash(name, seq, at, state, authors)
    where ${typed({ name: 'text', seq: 'integer', at: 'integer', state: 'blob', authors: 'blob' })}
      and ${typed({ sha256: 'text' })}
      and sha256 = bytes_hash(state, authors)`,
];

function typed(columns: Readonly<Record<string, 'text' | 'integer' | 'blob'>>): string {
  return Object.entries(columns)
    .map(([column, type]) => `typeof(${column}) = '${type}'`)
    .join(' and ');
}

export const rowSums: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
