import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Where things end, kept apart from them. The end of the chain of events: a chain whose last events are taken away
 * looks whole by itself. And how far the text of each room is searchable: what a process that died had not indexed is
 * known to the next one. Rooms of before are indexed again.
 */
const STATEMENTS = [
  `alter table instance add column chain_seq integer not null default 0`,
  `alter table instance add column chain_hash text not null default '${'0'.repeat(64)}'`,
  `update instance set (chain_seq, chain_hash) = (select seq, hash from event order by seq desc limit 1)
    where exists (select 1 from event)`,
  `alter table document add column indexed_seq integer not null default 0`,
] as const;

export const keptEnds: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
