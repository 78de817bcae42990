import {
  asHistory,
  canReadConfiguration,
  classesOf,
  isKindOf,
  itemAt,
  relationsAt,
} from '@muster/domain/configuration';
import type {
  ConfigurationItem,
  HistoryEvent,
  KeptRelation,
  RelationEvent,
  RelationHistoryEvent,
} from '@muster/domain/configuration';
import type { Actor, Instant, RecordId, Recorded } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { recordedOf } from '../../commands/events.ts';
import { itemOf, readRules, relationOf } from '../configuration.ts';
import type { StoredItem } from '../configuration.ts';
import type { Database } from '../schema.ts';
import { clampLimit, decodeCursor, pageOf } from './page.ts';
import type { Page } from './page.ts';
import { findByReference } from './releases.ts';

/** What a list of items may be narrowed by; what is left out does not narrow. */
export interface ItemFilter {
  /** Items of a class, and of the classes that are kinds of it. */
  readonly class?: string;
  readonly state?: string;
  readonly owner?: string;
  readonly team?: string;
  /** Words of its number, its name or what its attributes say. */
  readonly q?: string;
}

const MAX_WORDS = 12;
const NOTHING = { items: [], next: null };

/** Items, newest change first, retired ones too; none for whoever may not read them. */
export async function listItems(
  db: Kysely<Database>,
  actor: Actor,
  { q, class: wantedClass, ...columns }: ItemFilter,
  cursor: string | null,
  limit: number,
): Promise<Page<{ readonly record: StoredItem }>> {
  if (!canReadConfiguration(actor)) return NOTHING;
  const size = clampLimit(limit);
  const place = decodeCursor(cursor);
  let query = db
    .selectFrom('configuration_item')
    .select('data')
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1);
  if (place !== null) query = query.where(sql<boolean>`(updated_at, id) < (${place.updatedAt}, ${place.id})`);
  for (const column of ['state', 'owner', 'team'] as const) {
    const value = columns[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  if (wantedClass !== undefined) {
    const classes = classesOf(await readRules(db));
    const kinds = [...classes.keys()].filter((id) => isKindOf(classes, id, wantedClass));
    if (kinds.length === 0) return NOTHING;
    query = query.where('class', 'in', kinds);
  }
  if (q !== undefined) {
    // addresses and versions are words as they are written
    const words = q.trim().split(/\s+/).filter(Boolean).slice(0, MAX_WORDS);
    if (words.length === 0) return NOTHING;
    for (const word of words) {
      const like = `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`;
      query = query.where(
        sql<boolean>`(name like ${like} escape '\\' or number like ${like} escape '\\' or exists (
          select 1 from json_each(configuration_item.data, '$.attributes') as said
          where said.value like ${like} escape '\\'))`,
      );
    }
  }
  const rows = await query.execute();
  return pageOf(
    rows.map((row) => ({ record: itemOf(row) })),
    size,
  );
}

export interface ItemRecord {
  readonly item: ConfigurationItem;
  /** Those that stand, in the order in which they came. */
  readonly relations: readonly KeptRelation[];
  readonly history: readonly Recorded<HistoryEvent>[];
}

/** An item, by its id or number; null for what is not there and for whoever may not read it. */
export async function readItem(
  db: Kysely<Database>,
  actor: Actor,
  reference: string,
): Promise<ItemRecord | null> {
  const id = canReadConfiguration(actor) ? await findByReference(db, 'configuration_item', reference) : null;
  if (id === null) return null;
  const row = await db
    .selectFrom('configuration_item')
    .select('data')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  const relations = await relationsOf(db, id);
  return {
    item: itemOf(row),
    relations: relations.filter(({ until }) => until === null),
    history: await historyOf(db, id, relations),
  };
}

export interface ItemThen {
  /** Null before it was made. */
  readonly item: ConfigurationItem | null;
  readonly relations: readonly RelationHistoryEvent[];
}

/** An item as it stood at a moment; null for what is not there now and for whoever may not read it. */
export async function readItemAt(
  db: Kysely<Database>,
  actor: Actor,
  reference: string,
  at: Instant,
): Promise<ItemThen | null> {
  const id = canReadConfiguration(actor) ? await findByReference(db, 'configuration_item', reference) : null;
  if (id === null) return null;
  const history = await historyOf(db, id, await relationsOf(db, id));
  return { item: itemAt(id, history, at), relations: relationsAt(history, at) };
}

/** Also those that are no more. */
async function relationsOf(db: Kysely<Database>, id: RecordId): Promise<readonly KeptRelation[]> {
  const rows = await db
    .selectFrom('configuration_relation')
    .selectAll()
    .where((on) => on.or([on('from_item', '=', id), on('to_item', '=', id)]))
    .orderBy('since')
    .orderBy('id')
    .execute();
  return rows.map(relationOf);
}

/** What happened to an item and to its relations, in the order of the store. */
async function historyOf(
  db: Kysely<Database>,
  id: RecordId,
  relations: readonly KeptRelation[],
): Promise<readonly Recorded<HistoryEvent>[]> {
  const byId = new Map(relations.map((relation) => [relation.id as string, relation]));
  const rows = await db
    .selectFrom('event')
    .selectAll()
    .where((on) =>
      on.or([
        on('record', '=', id),
        on(
          'record',
          'in',
          db
            .selectFrom('configuration_relation')
            .select('id')
            .where((end) => end.or([end('from_item', '=', id), end('to_item', '=', id)])),
        ),
      ]),
    )
    .orderBy('seq')
    .execute();
  return rows.flatMap((row) => {
    if (row.record === id) return [recordedOf<HistoryEvent>(row)];
    const relation = byId.get(row.record);
    // one that came while this was read is told the next time
    return relation === undefined ? [] : [asHistory(relation, recordedOf<RelationEvent>(row))];
  });
}
