import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * What rooms are replayed from. Where the log of a room was pruned already, its older snapshot is what replay begins
 * with: that snapshot would go with the next fold, and the updates after it would stand on nothing.
 */
const STATEMENTS = [
  `create table room_segment (
    name text not null references document (name) on delete cascade,
    from_seq integer not null,
    to_seq integer not null,
    first_at integer not null,
    last_at integer not null,
    bin blob not null,
    sha256 text not null,
    primary key (name, from_seq)
  ) strict`,
  `create table room_checkpoint (
    name text not null references document (name) on delete cascade,
    seq integer not null,
    at integer not null,
    state blob not null,
    authors blob not null,
    sha256 text not null,
    primary key (name, seq)
  ) strict`,
  `insert into room_checkpoint (name, seq, at, state, authors, sha256)
    select snapshot.name, snapshot.seq, snapshot.at, snapshot.bin, x'', snapshot.sha256
    from document_snapshot as snapshot
      join document on document.name = snapshot.name and document.kind = 'room'
    where snapshot.seq = (select min(seq) from document_snapshot where name = snapshot.name)
      and not exists (select 1 from document_update where name = snapshot.name and seq = 1)`,
];

export const roomHistory: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
