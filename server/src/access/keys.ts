/**
 * Keys for machines: a bearer token with scopes of its own. Each key acts as a person without roles or account
 * that bears its name, so that histories show what a machine did.
 */
import { PERMISSIONS, SYSTEM, personId } from '@muster/domain/shared';
import type { Permission, Person, PersonId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { ulid } from 'ulid';
import type { Database } from '../store/schema.ts';
import type { Store } from '../store/store.ts';
import { findPerson, insertPerson, updatePerson } from './people.ts';
import { hashSecret, newSecret } from './tokens.ts';

const PREFIX_LENGTH = 10;

export interface KeySummary {
  readonly id: string;
  readonly name: string;
  /** How the key begins, to tell keys apart. */
  readonly prefix: string;
  readonly scopes: readonly Permission[];
  readonly madeBy: PersonId;
  /** Epoch ms. */
  readonly madeAt: number;
  readonly expiresAt: number | null;
  readonly lastUsedAt: number | null;
}

export interface NewKey {
  readonly name: string;
  readonly scopes: readonly Permission[];
  readonly madeBy: PersonId;
  readonly expiresAt: number | null;
}

/**
 * Makes a key. `token` is shown this once and never kept. Tell the store to refresh the directory afterwards.
 */
export async function makeKey(
  db: Kysely<Database>,
  key: NewKey,
  now: number,
): Promise<{ readonly key: KeySummary; readonly token: string }> {
  const id = ulid(now);
  const token = `muster_${newSecret()}`;
  const prefix = token.slice(0, PREFIX_LENGTH);
  await insertPerson(db, { id: personId(id), name: key.name, email: `${id}@key.invalid`, roles: [] }, now);
  await db
    .insertInto('api_key')
    .values({
      id,
      name: key.name,
      prefix,
      token_hash: hashSecret(token),
      scopes: JSON.stringify(key.scopes),
      made_by: key.madeBy,
      made_at: now,
      expires_at: key.expiresAt,
      last_used_at: null,
      revoked_at: null,
    })
    .execute();
  return { key: { ...key, id, prefix, madeAt: now, lastUsedAt: null }, token };
}

/** Keys that work, newest first. */
export async function listKeys(db: Kysely<Database>, now: number): Promise<readonly KeySummary[]> {
  const rows = await db
    .selectFrom('api_key')
    .selectAll()
    .where('revoked_at', 'is', null)
    .where((on) => on.or([on('expires_at', 'is', null), on('expires_at', '>', now)]))
    .orderBy('made_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    prefix: row.prefix,
    scopes: scopesOf(row.scopes),
    madeBy: personId(row.made_by),
    madeAt: row.made_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  }));
}

/** False when there is no such key, or it is revoked already. */
export async function revokeKey(db: Kysely<Database>, id: string, now: number): Promise<boolean> {
  const result = await db
    .updateTable('api_key')
    .set({ revoked_at: now })
    .where('id', '=', id)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (result.numUpdatedRows === 0n) return false;
  await updatePerson(db, personId(id), { active: false });
  return true;
}

export interface FoundKey {
  readonly id: string;
  readonly person: Person;
  readonly madeBy: PersonId;
  readonly scopes: readonly Permission[];
}

/** The working key that a bearer token is, or null. */
export async function findKey(db: Kysely<Database>, token: string, now: number): Promise<FoundKey | null> {
  const row = await db
    .selectFrom('api_key')
    .select(['id', 'made_by', 'scopes'])
    .where('token_hash', '=', hashSecret(token))
    .where('revoked_at', 'is', null)
    .where((on) => on.or([on('expires_at', 'is', null), on('expires_at', '>', now)]))
    .executeTakeFirst();
  if (row === undefined) return null;
  const person = await findPerson(db, personId(row.id));
  if (person === null) return null;
  return { id: row.id, person, madeBy: personId(row.made_by), scopes: scopesOf(row.scopes) };
}

export async function noteKeyUse(db: Kysely<Database>, id: string, now: number): Promise<void> {
  await db.updateTable('api_key').set({ last_used_at: now }).where('id', '=', id).execute();
}

function scopesOf(json: string): readonly Permission[] {
  const stored: unknown = JSON.parse(json);
  return Array.isArray(stored) ? PERMISSIONS.filter((permission) => stored.includes(permission)) : [];
}

/** A key made at the command line, by whoever owns the data folder. `secret` is shown this once. */
export async function createKeyForMachines(
  store: Store,
  request: { readonly name: string; readonly scopes: readonly string[] },
): Promise<{ readonly id: string; readonly secret: string }> {
  const scopes = PERMISSIONS.filter((permission) => request.scopes.includes(permission));
  const asked = { name: request.name, scopes, madeBy: SYSTEM, expiresAt: null };
  const { key, token } = await makeKey(store.writer, asked, Date.now());
  await store.refreshDirectory();
  return { id: key.id, secret: token };
}
