/** What an import would do, as it is planned. */
import type { ItemId } from '../../shared/index.ts';
import type { AttributeValue } from '../class/attribute-value.ts';
import type { ItemEdit } from '../item/acts.ts';
import type { Relation } from '../map/dependency-map.ts';
import type { ImportedItem, RowFault } from './imported.ts';

export interface PlannedItem {
  readonly id: ItemId;
  /** What the row names by itself: the item, or one that was joined into it. */
  readonly found: ItemId;
  readonly from: ImportedItem;
}

export interface FieldChange {
  readonly field: string;
  readonly was: AttributeValue | null;
  readonly is: AttributeValue;
}

export interface PlannedChange extends PlannedItem {
  readonly changes: readonly FieldChange[];
  /** Says these changes and nothing else. */
  readonly edit: ItemEdit;
}

export interface PlannedRelation {
  readonly from: ItemId;
  readonly to: ItemId;
  readonly type: string;
}

/** What an earlier import of the source made of what is read otherwise today: it is removed for the new one. */
export interface ReplacedRelation {
  readonly was: Relation;
  /** Among what is related, or there already. */
  readonly by: PlannedRelation;
}

export interface AlikeItem {
  /** Place among what is made. */
  readonly place: number;
  readonly there: ItemId;
}

export interface ImportPlan {
  readonly made: readonly PlannedItem[];
  readonly changed: readonly PlannedChange[];
  readonly left: readonly PlannedItem[];
  readonly related: readonly PlannedRelation[];
  readonly replaced: readonly ReplacedRelation[];
  readonly relationsLeft: number;
  /** Came from this source before and is not in it any more. Nothing happens to it unasked. */
  readonly gone: readonly ItemId[];
  readonly faults: readonly RowFault[];
  /** Rows that are taken without a part of what they say, and why. */
  readonly partly: readonly RowFault[];
  /** Made although an item of their name and class is there. */
  readonly alike: readonly AlikeItem[];
}
