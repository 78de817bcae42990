import { helpShown, knownErrorOf, readVersions, versionOf } from '../known-errors.ts';
import type { KnowledgeVersion } from '../known-errors.ts';
import type { HelpRow } from '@muster/documents/knowledge';
import { asInHistory, canReadKnowledge } from '@muster/domain/problem';
import type { KnowledgeEvent, KnownError } from '@muster/domain/problem';
import type { Actor, RecordId, Recorded, Ticket } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { recordedOf } from '../../commands/events.ts';
import { ticketOf } from '../../commands/records.ts';
import type { Database } from '../schema.ts';
import { clampLimit, decodeCursor, pageOf } from './page.ts';
import type { Page } from './page.ts';
import { readableAsStaff } from './readable.ts';
import { mayReadAsStaff } from './records.ts';
import { matchExpression, wordsOf } from './words.ts';

/** What a list of known errors may be narrowed by; what is left out does not narrow. */
export interface KnownErrorFilter {
  readonly kind?: string;
  readonly state?: string;
  readonly service?: string;
  readonly category?: string;
  readonly problem?: string;
  /** A ticket that it was used on. */
  readonly ticket?: string;
  /** Words of its fields or of its published text. */
  readonly q?: string;
}

const NOTHING = { items: [], next: null };

/** Known errors and articles, newest change first, those of long ago too; none for whoever may not read them. */
export async function listKnownErrors(
  db: Kysely<Database>,
  actor: Actor,
  { q, ticket, ...columns }: KnownErrorFilter,
  cursor: string | null,
  limit: number,
): Promise<Page<{ readonly record: KnownError }>> {
  if (!canReadKnowledge(actor)) return NOTHING;
  // whoever may not read the ticket learns nothing of what was used on it
  if (ticket !== undefined && !(await mayReadAsStaff(db, actor, ticket as RecordId))) return NOTHING;
  const size = clampLimit(limit);
  const place = decodeCursor(cursor);
  let query = db
    .selectFrom('known_error')
    .select('data')
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1);
  if (place !== null)
    query = query.where(
      sql<boolean>`(known_error.updated_at, known_error.id) < (${place.updatedAt}, ${place.id})`,
    );
  for (const column of ['kind', 'state', 'service', 'category', 'problem'] as const) {
    const value = columns[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  if (ticket !== undefined)
    query = query.where(
      sql<boolean>`known_error.id in (select known_error from known_error_use where ticket = ${ticket})`,
    );
  if (q !== undefined) {
    const words = wordsOf(q);
    if (words.length === 0) return NOTHING;
    query = query.where(
      sql<boolean>`known_error.key in (
        select rowid from known_error_text where known_error_text match ${matchExpression(words, null)})`,
    );
  }
  const rows = await query.execute();
  return pageOf(
    rows.map((row) => ({ record: knownErrorOf(row) })),
    size,
  );
}

/** One of them with its history, and the tickets that it was used on, as far as they may be read. */
export async function readKnownError(
  db: Kysely<Database>,
  actor: Actor,
  id: RecordId,
): Promise<{
  readonly knownError: KnownError;
  readonly events: readonly Recorded<KnowledgeEvent>[];
  readonly tickets: readonly Ticket[];
} | null> {
  if (!canReadKnowledge(actor)) return null;
  const row = await db.selectFrom('known_error').select('data').where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  const knownError = knownErrorOf(row);
  const rows = await db
    .selectFrom('event')
    .selectAll()
    .where('record', '=', id)
    .where('version', '<=', knownError.version)
    .orderBy('version')
    .execute();
  const events = rows
    .map((each) => recordedOf<KnowledgeEvent>(each))
    .map((each) => ({ ...each, event: asInHistory(each.event) }));
  return { knownError, events, tickets: await ticketsOf(db, actor, id) };
}

const MOST_TICKETS = 200;

async function ticketsOf(db: Kysely<Database>, actor: Actor, id: RecordId): Promise<readonly Ticket[]> {
  const rows = await db
    .selectFrom('record')
    .select('data')
    .where(sql<boolean>`record.id in (select ticket from known_error_use where known_error = ${id})`)
    .where(readableAsStaff(actor))
    .orderBy('updated_at', 'desc')
    .limit(MOST_TICKETS)
    .execute();
  return rows.map(ticketOf);
}

/** The versions of one, newest first; null for what is not there and for whoever may not read it. */
export async function readKnownErrorVersions(
  db: Kysely<Database>,
  actor: Actor,
  id: RecordId,
): Promise<readonly KnowledgeVersion[] | null> {
  if (!canReadKnowledge(actor)) return null;
  const row = await db.selectFrom('known_error').select('id').where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : readVersions(db, id);
}

/** What is published for everybody and found by words, or all of it, the newest first. */
export async function listHelp(
  db: Kysely<Database>,
  q: string | undefined,
  cursor: string | null,
  limit: number,
): Promise<Page<{ readonly record: HelpRow & { readonly updatedAt: number } }>> {
  const size = clampLimit(limit);
  const place = decodeCursor(cursor);
  let query = db
    .selectFrom('known_error')
    .innerJoin('known_error_version as version', (join) =>
      join
        .onRef('version.known_error', '=', 'known_error.id')
        .on(sql<boolean>`version.number = known_error.data ->> '$.published.number'`),
    )
    .select([
      'known_error.data as whole',
      'known_error.updated_at as updated',
      'version.number',
      'version.at',
      'version.by',
      'version.data',
    ])
    .where('known_error.audience', '=', 'everybody')
    .orderBy('known_error.updated_at', 'desc')
    .orderBy('known_error.id', 'desc')
    .limit(size + 1);
  if (place !== null)
    query = query.where(
      sql<boolean>`(known_error.updated_at, known_error.id) < (${place.updatedAt}, ${place.id})`,
    );
  if (q !== undefined) {
    const words = wordsOf(q);
    if (words.length === 0) return NOTHING;
    query = query.where(
      sql<boolean>`known_error.key in (
        select rowid from help_text where help_text match ${matchExpression(words, null)})`,
    );
  }
  const rows = await query.execute();
  return pageOf(
    rows.flatMap(({ whole, updated, ...version }) => {
      const shown = helpShown(knownErrorOf({ data: whole }), versionOf(version));
      return shown === null ? [] : [{ record: { ...shown, updatedAt: updated } }];
    }),
    size,
  );
}
