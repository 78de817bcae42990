import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** Each push service is served by itself, and a device that is refused again and again is forgotten. */
const STATEMENTS = [
  `alter table push_device add column origin text not null default ''`,
  // behind "https://" up to the path
  `update push_device set origin = substr(endpoint, 1, 7 + instr(substr(endpoint, 9), '/'))`,
  `alter table push_device add column refusals integer not null default 0`,
] as const;

export const pushLanes: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
