import type { Change, ChangeEvent } from '@muster/domain/change';
import { canReadChanges, eventsWithoutHidden, withoutHidden } from '@muster/domain/change';
import type { Actor, ItemId, RecordId, Recorded } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { recordedOf } from '../../commands/events.ts';
import { changeOf } from '../changes.ts';
import { readJoinedItems, sameItems } from '../joined-items.ts';
import type { Database } from '../schema.ts';
import { hiddenFrom } from './hidden.ts';
import { clampLimit, decodeCursor, pageOf } from './page.ts';
import type { Page } from './page.ts';
import { excerptOf, matchExpression, wordsOf } from './words.ts';

/** What a list of changes may be narrowed by; what is left out does not narrow. */
export interface ChangeFilter {
  readonly state?: string;
  readonly model?: string;
  readonly team?: string;
  readonly owner?: string;
  readonly risk?: string;
  /** A service or item that is touched, itself or as one that was joined into it. */
  readonly item?: string;
  /** Windows that overlap a stretch. */
  readonly from?: number;
  readonly to?: number;
}

/** Changes, newest change first, archived ones too; none for whoever may not read them. */
export async function listChanges(
  db: Kysely<Database>,
  actor: Actor,
  filter: ChangeFilter,
  cursor: string | null,
  limit: number,
): Promise<Page<{ readonly record: Change }>> {
  if (!canReadChanges(actor)) return { items: [], next: null };
  const size = clampLimit(limit);
  const { item, from, to } = filter;
  let query = db
    .selectFrom('change')
    .select('data')
    .where(after(cursor))
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1);
  for (const column of ['state', 'model', 'team', 'owner', 'risk'] as const) {
    const value = filter[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  if (item !== undefined) query = query.where(touches(sameItems(await readJoinedItems(db), item as ItemId)));
  if (from !== undefined) query = query.where('ends', '>', from);
  if (to !== undefined) query = query.where('begins', '<', to);
  const changes = (await query.execute()).map(changeOf);
  const isHidden = await hiddenFrom(db, actor, changes);
  return pageOf(
    changes.map((change) => ({ record: withoutHidden(change, isHidden) })),
    size,
  );
}

function touches(items: readonly ItemId[]) {
  return sql<boolean>`exists (
    select 1 from json_each(change.data, '$.items') as touched
    where touched.value in (select value from json_each(${JSON.stringify(items)})))`;
}

function after(cursor: string | null) {
  const place = decodeCursor(cursor);
  return place === null
    ? sql<boolean>`true`
    : sql<boolean>`(change.updated_at, change.id) < (${place.updatedAt}, ${place.id})`;
}

/** A change and its history; null for what is not there and for whoever may not read changes. */
export async function readChange(
  db: Kysely<Database>,
  actor: Actor,
  id: RecordId,
): Promise<{ readonly change: Change; readonly events: readonly Recorded<ChangeEvent>[] } | null> {
  if (!canReadChanges(actor)) return null;
  const row = await db.selectFrom('change').select('data').where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  const change = changeOf(row);
  const rows = await db
    .selectFrom('event')
    .selectAll()
    .where('record', '=', id)
    .where('version', '<=', change.version)
    .orderBy('version')
    .execute();
  const events = rows.map((each) => recordedOf<ChangeEvent>(each));
  const isHidden = await hiddenFrom(db, actor, [change, ...events.map(({ event }) => event)]);
  return { change: withoutHidden(change, isHidden), events: eventsWithoutHidden(events, isHidden) };
}

const EXCERPT_WITHIN_CHARACTERS = 20_000;

/** Full text over numbers, titles, tasks and rooms of changes; one named by its number or token comes first. */
export async function searchChanges(
  db: Kysely<Database>,
  actor: Actor,
  text: string,
  cursor: string | null,
  limit: number,
): Promise<Page<{ readonly record: Change; readonly excerpt: string }>> {
  const words = wordsOf(text);
  if (words.length === 0 || !canReadChanges(actor)) return { items: [], next: null };
  const size = clampLimit(limit);
  const rows = await db
    .selectFrom('change')
    .innerJoin('change_text', 'change_text.rowid', 'change.key')
    .select([
      'change.data',
      sql<string>`substr(change_text.room, 1, ${EXCERPT_WITHIN_CHARACTERS})`.as('room'),
      sql<string>`substr(change_text.tasks, 1, ${EXCERPT_WITHIN_CHARACTERS})`.as('tasks'),
    ])
    .where(
      sql<boolean>`change.key in (select rowid from change_text where change_text match ${matchExpression(words, null)})`,
    )
    .where(after(cursor))
    .orderBy('change.updated_at', 'desc')
    .orderBy('change.id', 'desc')
    .limit(size + 1)
    .execute();
  const named = cursor === null ? await findChange(db, text) : [];
  const found = rows.map((row) => ({
    record: changeOf(row),
    excerpt: excerptOf([row.room, row.tasks], words),
  }));
  const page = withNamed(pageOf(found, size), named);
  const isHidden = await hiddenFrom(
    db,
    actor,
    page.items.map(({ record }) => record),
  );
  return {
    ...page,
    items: page.items.map((each) => ({ ...each, record: withoutHidden(each.record, isHidden) })),
  };
}

async function findChange(db: Kysely<Database>, reference: string): Promise<readonly Change[]> {
  const wanted = reference.trim().toUpperCase();
  const token = /^CHG-~(?<tail>[0-9A-Z]{4})$/.exec(wanted)?.groups?.['tail'] ?? null;
  const rows = await db
    .selectFrom('change')
    .select('data')
    .where((on) =>
      on.or([
        on('number', '=', wanted),
        on('id', '=', wanted),
        ...(token === null ? [] : [sql<boolean>`substr(id, -4) = ${token}`]),
      ]),
    )
    .orderBy('updated_at', 'desc')
    .limit(10)
    .execute();
  return rows.map(changeOf);
}

function withNamed(
  page: Page<{ readonly record: Change; readonly excerpt: string }>,
  named: readonly Change[],
): Page<{ readonly record: Change; readonly excerpt: string }> {
  const first = named.map((record) => ({ record, excerpt: record.title }));
  const rest = page.items.filter((item) => named.every((record) => record.id !== item.record.id));
  return { items: [...first, ...rest], next: page.next };
}
