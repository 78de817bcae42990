/**
 * Which item stands for one that was joined into another (CFG-37): records go on naming what they named, and whoever
 * reads them follows the link.
 */
import type { ItemId } from '../../shared/index.ts';
import type { ConfigurationItem } from './item.ts';

export type Joinable = Pick<ConfigurationItem, 'sameAs'>;

/**
 * The item that stays of all that were joined one into the other: the last that is known on the way. What was not
 * joined stands for itself, and so does what leads back to itself, as two devices that joined apart may see for a while.
 */
export function stayingOf(id: ItemId, itemOf: (id: ItemId) => Joinable | undefined): ItemId {
  const next = itemOf(id)?.sameAs;
  if (next === undefined) return id;
  const seen = new Set([id]);
  let at = id;
  for (let into: ItemId | undefined = next; into !== undefined; into = itemOf(at)?.sameAs) {
    if (seen.has(into)) return id;
    if (itemOf(into) === undefined) return at;
    seen.add(into);
    at = into;
  }
  return at;
}
