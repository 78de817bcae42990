import type { Kysely, Selectable } from 'kysely';
import type { ChannelHealthTable } from '../store/schema-channels.ts';
import type { Database } from '../store/schema.ts';

export type ChannelHealth = Omit<Selectable<ChannelHealthTable>, 'channel'>;

const NEVER: ChannelHealth = { succeeded_at: null, failed_at: null, failure: null };

/** How the last talks with the mail server went. */
export async function readMailHealth(db: Kysely<Database>): Promise<ChannelHealth> {
  const row = await db
    .selectFrom('channel_health')
    .select(['succeeded_at', 'failed_at', 'failure'])
    .where('channel', '=', 'mail')
    .executeTakeFirst();
  return row ?? NEVER;
}

export async function noteMailHealth(db: Kysely<Database>, health: Partial<ChannelHealth>): Promise<void> {
  await db
    .insertInto('channel_health')
    .values({ channel: 'mail', ...NEVER, ...health })
    .onConflict((conflict) => conflict.column('channel').doUpdateSet(health))
    .execute();
}
