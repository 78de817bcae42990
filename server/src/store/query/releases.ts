import type { Release, ReleaseEvent } from '@muster/domain/release';
import type { Actor, RecordId, Recorded } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { recordedOf } from '../../commands/events.ts';
import { releaseOf } from '../releases.ts';
import type { Database } from '../schema.ts';
import { clampLimit, decodeCursor, pageOf } from './page.ts';
import type { Page } from './page.ts';
import { matchExpression, wordsOf } from './words.ts';

/** What a list of releases may be narrowed by; what is left out does not narrow. */
export interface ReleaseFilter {
  readonly state?: string;
  readonly kind?: string;
  readonly owner?: string;
  /** Words of its number, title, steps or room. */
  readonly q?: string;
  /** A change that it carries. */
  readonly change?: string;
}

function canRead({ permissions }: Actor): boolean {
  return permissions.has('release.read');
}

/** Releases, newest change first, archived ones too; none for whoever may not read them. */
export async function listReleases(
  db: Kysely<Database>,
  actor: Actor,
  { q, change, ...columns }: ReleaseFilter,
  cursor: string | null,
  limit: number,
): Promise<Page<{ readonly record: Release }>> {
  if (!canRead(actor)) return { items: [], next: null };
  const size = clampLimit(limit);
  const place = decodeCursor(cursor);
  let query = db
    .selectFrom('release')
    .select('data')
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1);
  if (place !== null)
    query = query.where(sql<boolean>`(release.updated_at, release.id) < (${place.updatedAt}, ${place.id})`);
  for (const column of ['state', 'kind', 'owner'] as const) {
    const value = columns[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  if (change !== undefined)
    query = query.where(
      sql<boolean>`exists (select 1 from json_each(release.data, '$.members') as member where member.value = ${change})`,
    );
  if (q !== undefined) {
    const words = wordsOf(q);
    if (words.length === 0) return { items: [], next: null };
    query = query.where(
      sql<boolean>`release.key in (select rowid from release_text where release_text match ${matchExpression(words, null)})`,
    );
  }
  const rows = await query.execute();
  return pageOf(
    rows.map((row) => ({ record: releaseOf(row) })),
    size,
  );
}

/** A release, by its id or number, and its history; null for what is not there and for whoever may not read it. */
export async function readReleaseRecord(
  db: Kysely<Database>,
  actor: Actor,
  reference: string,
): Promise<{ readonly release: Release; readonly events: readonly Recorded<ReleaseEvent>[] } | null> {
  if (!canRead(actor)) return null;
  const id = await findByReference(db, 'release', reference);
  if (id === null) return null;
  const row = await db.selectFrom('release').select('data').where('id', '=', id).executeTakeFirstOrThrow();
  const release = releaseOf(row);
  const rows = await db
    .selectFrom('event')
    .selectAll()
    .where('record', '=', id)
    .where('version', '<=', release.version)
    .orderBy('version')
    .execute();
  return { release, events: rows.map((each) => recordedOf<ReleaseEvent>(each)) };
}

/** The id of a change, release, problem or item that is named by its id or its number; null when there is none. */
export async function findByReference(
  db: Kysely<Database>,
  table: 'change' | 'release' | 'problem' | 'configuration_item',
  reference: string,
): Promise<RecordId | null> {
  const wanted = reference.trim().toUpperCase();
  const row = await db
    .selectFrom(table)
    .select('id')
    .where((on) => on.or([on('id', '=', wanted), on('number', '=', wanted)]))
    .executeTakeFirst();
  return (row?.id ?? null) as RecordId | null;
}
