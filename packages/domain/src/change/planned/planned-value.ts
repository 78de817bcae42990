/**
 * What a change is to make of configuration items once it is done (A5 row 10): values, steps of life, relations. Each
 * is planned against what its planner saw, so that what moved meanwhile is told from what did not.
 */
import type { ItemId, RecordId, RefusalContent } from '../../shared/index.ts';

/** Fields of an item that can be planned; an attribute is `attribute:<id>`, a redundancy `redundancy:<type of relation>`. */
export const PLANNED_FIELDS = ['name', 'owner', 'team', 'criticality'] as const;

export const ATTRIBUTE_PREFIX = 'attribute:';

/** Null for nothing. */
export type PlannedWord = string | number | boolean | null;

export type PlannedValue =
  | {
      readonly kind: 'field';
      readonly item: ItemId;
      readonly field: string;
      readonly was: PlannedWord;
      readonly to: PlannedWord;
    }
  | { readonly kind: 'step'; readonly item: ItemId; readonly was: string; readonly to: string }
  | { readonly kind: 'relate'; readonly type: string; readonly from: ItemId; readonly to: ItemId }
  | {
      readonly kind: 'unrelate';
      readonly relation: RecordId;
      readonly type: string;
      readonly from: ItemId;
      readonly to: ItemId;
    };

/**
 * What became of one: it stands now, it stood already, it waits for whoever answers for the item, or the item was kept
 * as it is.
 */
export const VALUE_FATES = ['applied', 'same', 'waits', 'kept'] as const;

export interface ValueOutcome {
  readonly key: string;
  readonly fate: (typeof VALUE_FATES)[number];
  /** Why it was kept; null where nothing was. */
  readonly why: RefusalContent | null;
}

/** Why an item can never say what is planned for it, by its own rules. */
export interface PlannedUnfit {
  readonly item: ItemId;
  readonly field: string;
  /** What its class calls the attribute; null for what has no name of its own. */
  readonly called: string | null;
  readonly why: RefusalContent;
}

/** What is planned twice under one key is planned anew. */
export function plannedKey(value: PlannedValue): string {
  switch (value.kind) {
    case 'field':
      return `field ${value.item} ${value.field}`;
    case 'step':
      return `step ${value.item}`;
    case 'relate':
      return `relate ${value.type} ${value.from} ${value.to}`;
    case 'unrelate':
      return `unrelate ${value.relation}`;
  }
}

/** Items that something is planned for; both ends of a relation. */
export function plannedItems(values: readonly PlannedValue[]): readonly ItemId[] {
  return [...new Set(values.flatMap((value) => ('item' in value ? [value.item] : [value.from, value.to])))];
}

/** What approvals are bound to: in no order, and whatever the order of its parts where it was kept. */
export function plannedContent(values: readonly PlannedValue[]): unknown {
  return values
    .map((value) => [plannedKey(value), ...('item' in value ? [value.was, value.to] : [])])
    .toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1));
}
