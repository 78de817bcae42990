/** The items that most records of a trend are about. */
import { canReadConfiguration } from '@muster/domain/configuration';
import type { ItemId, RecordId } from '@muster/domain/shared';
import type { Asker } from './counted.ts';
import { inMost } from './in-most.ts';
import { namesOf } from './pareto.ts';
import type { Evidence, SharedItem } from './questions.ts';

/** More says nothing of what is wrong. */
const MOST_ITEMS = 8;

interface Group {
  readonly records: readonly { readonly id: RecordId; readonly items: readonly ItemId[] }[];
  /** It is told beside the items, and is none of them. */
  readonly service: string | null;
  readonly evidence: Evidence;
}

export interface SharedItems {
  readonly items: readonly SharedItem[];
  /** What a problem that is opened from them is about: no more than the records say that it may name. */
  readonly about: readonly ItemId[];
}

/** The items that most of each group are about, named; none to who may not read them. */
export async function sharedItems(asker: Asker, groups: readonly Group[]): Promise<readonly SharedItems[]> {
  if (!canReadConfiguration(asker.actor)) return groups.map(() => ({ items: [], about: [] }));
  const shared = groups.map(({ records, service, evidence }) => {
    const open = new Set(evidence.linkable);
    return {
      all: itemsOf(records, service),
      open: itemsOf(
        records.filter(({ id }) => open.has(id)),
        service,
      ),
    };
  });
  const ids = shared.flatMap(({ all, open }) => [...all, ...open].map(({ value }) => value));
  const names = await namesOf(asker, 'item', [...new Set(ids)]);
  return shared.map(({ all, open }) => ({
    items: all.map(({ value, count }) => ({ id: value, name: names.get(value) ?? value, count })),
    // a problem is about nothing that is not there
    about: open.flatMap(({ value }) => (names.has(value) ? [value] : [])),
  }));
}

const itemsOf = (records: Group['records'], service: string | null) =>
  inMost(records.map(({ items }) => items))
    .filter(({ value }) => value !== service)
    .slice(0, MOST_ITEMS);
