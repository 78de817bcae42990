import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** The last payloads of each integration as they came, to try its mapping out with. */
const STATEMENTS = [
  `create table alert_received (
    id integer primary key autoincrement,
    integration text not null references alert_integration (id),
    at integer not null,
    body text not null
  ) strict`,
  `create index alert_received_of on alert_received (integration, id)`,
] as const;

export const receivedAlerts: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
