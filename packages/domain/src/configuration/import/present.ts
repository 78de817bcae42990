/** What there is already, as far as an import goes by it. */
import type { ItemId } from '../../shared/index.ts';
import type { ConfigurationItem } from '../item/item.ts';
import type { ItemState } from '../item/lifecycle.ts';
import type { Relation } from '../map/dependency-map.ts';
import type { Governance } from '../relation/govern.ts';

export interface Present extends Governance {
  readonly items: ReadonlyMap<ItemId, ConfigurationItem>;
  readonly relations: readonly Relation[];
  /** Items that came from this source before, by what it calls them. */
  readonly known: ReadonlyMap<string, ItemId>;
  /** Whether an import of this source made a relation that stands, and not people or another source. */
  readonly isOwn: (relation: Relation) => boolean;
  /** The id of a new item, always the same for the same key. */
  readonly idOf: (key: string) => ItemId;
}

/** Where a new item enters unless its source says. */
export const IMPORTED_STATE: ItemState = 'in_service';
