import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** What the store seals its own ids with. It stays with the store through restores, and leaves it in no answer. */
export async function readStoreSecret(db: Kysely<Database>): Promise<string> {
  const { secret } = await db.selectFrom('instance').select('secret').executeTakeFirstOrThrow();
  return secret;
}
