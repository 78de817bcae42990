/** Rows that would be made beside an item of the same name and class: the file may mean that one. */
import type { ItemId } from '../../shared/index.ts';
import type { ConfigurationItem } from '../item/item.ts';
import { isRetired } from '../item/lifecycle.ts';
import type { AlikeItem, PlannedItem } from './plan.ts';

type Named = Pick<ConfigurationItem, 'id' | 'name' | 'class' | 'state'>;

/** What is gone is no reason to ask. Of several that are called so, the first. */
export function alikeOf(made: readonly PlannedItem[], items: Iterable<Named>): readonly AlikeItem[] {
  const byName = new Map<string, ItemId>();
  for (const item of items) {
    const key = keyOf(item);
    if (!isRetired(item.state) && !byName.has(key)) byName.set(key, item.id);
  }
  return made.flatMap(({ from }, place) => {
    const there = byName.get(keyOf(from));
    return there === undefined ? [] : [{ place, there }];
  });
}

/** However the name is spaced and whatever its letters' case. */
function keyOf({ name, class: itemClass }: Pick<Named, 'name' | 'class'>): string {
  return `${itemClass} ${name.trim().toLowerCase().replaceAll(/\s+/g, ' ')}`;
}
