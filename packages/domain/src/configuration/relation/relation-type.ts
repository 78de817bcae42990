/** How items hang together, kept as data: what a relation is called from both ends, and which way a failure spreads. */
import { isKindOf } from '../class/item-class.ts';
import type { ItemClasses } from '../class/item-class.ts';

/**
 * Along which way a failure spreads. It does not unless that is said: else the failure of a server would reach the
 * building it stands in (A5 row 4).
 */
export const SPREADS = ['none', 'to_from', 'from_to'] as const;

export type Spread = (typeof SPREADS)[number];

/** A pair of classes, with all their kinds, that may be related so. */
export interface AllowedPair {
  readonly from: string;
  readonly to: string;
}

export interface RelationType {
  readonly id: string;
  /** From the first end to the second: 'Depends on'. */
  readonly name: string;
  /** From the second end to the first: 'Used by'. */
  readonly inverse: string;
  readonly spread: Spread;
  readonly allowed: readonly AllowedPair[];
  /** Whether items may be related so in a circle. */
  readonly circles: boolean;
}

export type RelationTypes = ReadonlyMap<string, RelationType>;

/** Whether an item of one class may be related to one of another in this way (A5 row 3: governance). */
export function allows(type: RelationType, classes: ItemClasses, from: string, to: string): boolean {
  return type.allowed.some((pair) => isKindOf(classes, from, pair.from) && isKindOf(classes, to, pair.to));
}

export interface Suggestion {
  readonly type: RelationType;
  /** Which end the item itself would be. */
  readonly end: 'from' | 'to';
}

/** The ways in which an item of a class may be related to one of another, in the order of the types. */
export function suggestionsFor(
  types: RelationTypes,
  classes: ItemClasses,
  own: string,
  other: string,
): readonly Suggestion[] {
  return [...types.values()].flatMap((type): readonly Suggestion[] => [
    ...(allows(type, classes, own, other) ? [{ type, end: 'from' } as const] : []),
    ...(allows(type, classes, other, own) ? [{ type, end: 'to' } as const] : []),
  ]);
}

/** Which end of a type hangs on the other one; null where no failure spreads. */
export function hangingEnd({ spread }: Pick<RelationType, 'spread'>): 'from' | 'to' | null {
  if (spread === 'none') return null;
  return spread === 'to_from' ? 'from' : 'to';
}

/** The ways in which an item of a class may hang on others, in the order of the types. */
export function hangingTypes(types: RelationTypes, classes: ItemClasses, own: string): readonly Suggestion[] {
  return [...types.values()].flatMap((type): readonly Suggestion[] => {
    const end = hangingEnd(type);
    return end !== null && type.allowed.some((pair) => isKindOf(classes, own, pair[end]))
      ? [{ type, end }]
      : [];
  });
}
