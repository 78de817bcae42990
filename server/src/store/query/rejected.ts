import type { PersonId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { Database } from '../schema.ts';

export interface RejectedRow {
  readonly id: number;
  readonly name: string;
  readonly code: string;
  readonly at: number;
  readonly bin: Uint8Array;
}

export interface RejectedPage {
  /** Newest first. */
  readonly rows: readonly RejectedRow[];
  /** Where the next page begins; null when this is the last one. */
  readonly next: number | null;
}

const COLUMNS = ['id', 'name', 'code', 'at', 'bin'] as const;

/** What was refused of a person, from before `cursor` on. */
export async function listRejected(
  db: Kysely<Database>,
  person: PersonId,
  { cursor, limit }: { readonly cursor?: number | undefined; readonly limit: number },
): Promise<RejectedPage> {
  let query = db
    .selectFrom('rejected_update')
    .select(COLUMNS)
    .where('person', '=', person)
    .orderBy('id', 'desc')
    .limit(limit + 1);
  if (cursor !== undefined) query = query.where('id', '<', cursor);
  const found = await query.execute();
  const rows = found.slice(0, limit);
  return { rows, next: found.length > limit ? (rows.at(-1)?.id ?? null) : null };
}

/** One of them; null when it is not there or somebody else's. */
export async function findRejected(
  db: Kysely<Database>,
  person: PersonId,
  id: number,
): Promise<RejectedRow | null> {
  const query = db.selectFrom('rejected_update').select(COLUMNS).where('person', '=', person);
  return (await query.where('id', '=', id).executeTakeFirst()) ?? null;
}

/** Removes one of a person's own; false when it is not there or somebody else's. */
export async function removeRejected(db: Kysely<Database>, person: PersonId, id: number): Promise<boolean> {
  const done = await db
    .deleteFrom('rejected_update')
    .where('person', '=', person)
    .where('id', '=', id)
    .executeTakeFirst();
  return done.numDeletedRows > 0n;
}

/** Removes everybody's from before an instant. */
export async function sweepRejected(db: Kysely<Database>, before: number): Promise<void> {
  await db.deleteFrom('rejected_update').where('at', '<', before).execute();
}
