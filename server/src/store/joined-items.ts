/** Items that were joined into another (CFG-37): records name them still, and what is counted by item goes by these. */
import { stayingOf } from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Each item that was joined into another, with the one that stands for it. */
export type JoinedItems = ReadonlyMap<ItemId, ItemId>;

export async function readJoinedItems(db: Kysely<Database>): Promise<JoinedItems> {
  const same = sql<string | null>`json_extract(data, '$.sameAs')`;
  const rows = await db
    .selectFrom('configuration_item')
    .select(['id', same.as('sameAs')])
    // nothing else was joined
    .where('state', 'in', ['retired', 'disposed'])
    .where(same, 'is not', null)
    .execute();
  const links = new Map(rows.map(({ id, sameAs }) => [id as ItemId, sameAs as ItemId]));
  const ends = new Set(links.values());
  const itemOf = (id: ItemId) => {
    const sameAs = links.get(id);
    return sameAs !== undefined ? { sameAs } : ends.has(id) ? {} : undefined;
  };
  return new Map([...links.keys()].map((id) => [id, stayingOf(id, itemOf)]));
}

/** All that stand for the same: the item that stays first, and those that were joined into it. */
export function sameItems(joined: JoinedItems, item: ItemId): readonly ItemId[] {
  const stays = joined.get(item) ?? item;
  return [
    stays,
    ...[...joined].flatMap(([other, into]) => (into === stays && other !== stays ? [other] : [])),
  ];
}
