import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/** What of a record is not over yet is found without reading what went out of it before. */
const STATEMENTS = [
  `alter table webhook_delivery add column failing_since integer`,
  `drop index webhook_delivery_order`,
  `create index webhook_delivery_open on webhook_delivery (webhook, record, id)
    where state in ('queued', 'sending')`,
] as const;

export const webhookOrder: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
  },
};
