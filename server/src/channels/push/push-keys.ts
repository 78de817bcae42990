import type { Kysely } from 'kysely';
import { webcrypto } from 'node:crypto';
import type { Database } from '../../store/schema.ts';

/** What this desk proves itself with to push services (RFC 8292), in base64url. The private key leaves for nobody. */
export interface PushKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

/** The keys of this store, made when they are first asked for: subscriptions hold for them alone. */
export async function pushKeys(db: Kysely<Database>, now: number): Promise<PushKeys> {
  const known = await findKeys(db);
  if (known !== null) return known;
  const made = await makeKeys();
  await db
    .insertInto('push_key')
    .values({ id: 1, public_key: made.publicKey, private_key: made.privateKey, made_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  // whoever asked at the same time made others, and one pair was kept
  return (await findKeys(db)) ?? made;
}

async function findKeys(db: Kysely<Database>): Promise<PushKeys | null> {
  const row = await db
    .selectFrom('push_key')
    .select(['public_key', 'private_key'])
    .where('id', '=', 1)
    .executeTakeFirst();
  return row === undefined ? null : { publicKey: row.public_key, privateKey: row.private_key };
}

async function makeKeys(): Promise<PushKeys> {
  const { subtle } = webcrypto;
  const pair = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  const publicKey = Buffer.from(await subtle.exportKey('raw', pair.publicKey)).toString('base64url');
  const { d } = await subtle.exportKey('jwk', pair.privateKey);
  if (d === undefined) throw new Error('the private key was not made');
  return { publicKey, privateKey: d };
}
