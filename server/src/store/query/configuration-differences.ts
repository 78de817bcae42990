/**
 * What became of the configuration between two moments. It costs what was changed since the earlier one: an item that
 * was not changed after it is the same at both, and its history is not read.
 */
import { differenceOfItem, differencesOfRelations, itemAt, stoodAt } from '@muster/domain/configuration';
import type {
  ItemDifference,
  ItemEvent,
  RelationDifference,
  RelationSpan,
} from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { Instant, ItemId, RecordId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { setImmediate as later } from 'node:timers/promises';
import { recordedOf } from '../../commands/events.ts';
import { relationOf } from '../configuration.ts';
import type { Database } from '../schema.ts';

/** Items whose histories are read at once; others get their turn in between. */
const AT_ONCE = 200;

export interface DifferencesAsked {
  readonly from: Instant;
  readonly to: Instant;
  /** One item with its neighbours alone; null for all. */
  readonly item: RecordId | null;
  /** As many items, and as many relations, are told at most. */
  readonly most: number;
}

/** A relation with what its ends are called now. */
export type NamedRelationDifference = RelationDifference & {
  readonly fromName: string;
  readonly toName: string;
};

export interface Differences {
  /** Of all that there are, told or not. */
  readonly counts: Readonly<Record<ItemDifference['kind'] | 'related' | 'unrelated', number>>;
  /** By name. */
  readonly items: readonly ItemDifference[];
  readonly relations: readonly NamedRelationDifference[];
  /** Whether there are more than are told. */
  readonly more: boolean;
}

export async function differencesBetween(
  db: Kysely<Database>,
  { from, to, item, most }: DifferencesAsked,
): Promise<Differences> {
  const spans = await spansSince(db, Math.min(from, to), item);
  const relations = differencesOfRelations(spans, from, to);
  const wanted = item === null ? null : await withNeighbours(db, item, [from, to]);
  const counts = { added: 0, gone: 0, changed: 0 };
  const items: ItemDifference[] = [];
  const ids = await changedSince(db, Math.min(from, to), wanted);
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const some = ids.slice(start, start + AT_ONCE);
    const histories = await historiesOf(db, some);
    for (const id of some) {
      const history = histories.get(id) ?? [];
      const difference = differenceOfItem(itemAt(id, history, from), itemAt(id, history, to));
      if (difference === null) continue;
      counts[difference.kind] += 1;
      if (items.length < most) items.push(difference);
    }
    await later();
  }
  const related = relations.filter(({ kind }) => kind === 'added').length;
  return {
    counts: { ...counts, related, unrelated: relations.length - related },
    items,
    relations: await named(db, relations.slice(0, most)),
    more: counts.added + counts.gone + counts.changed > items.length || relations.length > most,
  };
}

/** In the order of their names. */
async function changedSince(
  db: Kysely<Database>,
  moment: Instant,
  wanted: ReadonlySet<ItemId> | null,
): Promise<readonly RecordId[]> {
  const rows = await db
    .selectFrom('configuration_item')
    .select('id')
    .where('updated_at', '>', moment)
    .orderBy((on) => on.fn<string>('lower', ['name']))
    .orderBy('id')
    .execute();
  return rows.map(({ id }) => recordId(id)).filter((id) => wanted === null || wanted.has(id));
}

async function historiesOf(db: Kysely<Database>, ids: readonly RecordId[]) {
  const rows = await db
    .selectFrom('event')
    .selectAll()
    .where('record', 'in', ids)
    .orderBy('record')
    .orderBy('version')
    .execute();
  const byRecord = Map.groupBy(rows, ({ record }) => record);
  return new Map([...byRecord].map(([id, its]) => [id, its.map((row) => recordedOf<ItemEvent>(row))]));
}

/** Relations that came or went after a moment; those of one item alone when there is one. */
async function spansSince(
  db: Kysely<Database>,
  moment: Instant,
  item: RecordId | null,
): Promise<readonly RelationSpan[]> {
  let query = db
    .selectFrom('configuration_relation')
    .selectAll()
    .where((on) => on.or([on('since', '>', moment), on('until', '>', moment)]))
    .orderBy('since')
    .orderBy('id');
  if (item !== null)
    query = query.where((on) => on.or([on('from_item', '=', item), on('to_item', '=', item)]));
  return (await query.execute()).map(relationOf);
}

/** An item, and what it was related to at one of the moments. */
async function withNeighbours(
  db: Kysely<Database>,
  item: RecordId,
  moments: readonly Instant[],
): Promise<ReadonlySet<ItemId>> {
  const rows = await db
    .selectFrom('configuration_relation')
    .selectAll()
    .where((on) => on.or([on('from_item', '=', item), on('to_item', '=', item)]))
    .execute();
  const standing = rows.map(relationOf).filter((span) => moments.some((at) => stoodAt(span, at)));
  return new Set<ItemId>([item, ...standing.flatMap(({ from, to }) => [from, to])]);
}

/** Ends are items, or services of the directory. */
async function named(
  db: Kysely<Database>,
  relations: readonly RelationDifference[],
): Promise<readonly NamedRelationDifference[]> {
  const ids = [...new Set(relations.flatMap(({ from, to }) => [from, to]))];
  const names = new Map<string, string>();
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const some = ids.slice(start, start + AT_ONCE);
    for (const table of ['configuration_item', 'service'] as const) {
      const rows = await db.selectFrom(table).select(['id', 'name']).where('id', 'in', some).execute();
      for (const { id, name } of rows) names.set(id, name);
    }
  }
  const nameOf = (id: ItemId) => names.get(id) ?? id;
  return relations.map((each) => ({ ...each, fromName: nameOf(each.from), toName: nameOf(each.to) }));
}
