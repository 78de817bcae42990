/** How much of what an item hangs on must stand, as somebody types it. */
import { hangingTypes } from '@muster/domain/configuration';
import type { ItemClasses, Redundancy, RelationTypes } from '@muster/domain/configuration';

export interface TypedRedundancy {
  readonly relation: string;
  readonly by: Redundancy['by'];
  readonly minimum: string;
}

export function typedRedundancy(rules: readonly Redundancy[]): readonly TypedRedundancy[] {
  return rules.map(({ minimum, ...rule }) => ({ ...rule, minimum: String(minimum) }));
}

/** What is not a number is none that there could be, and is refused by name. */
export function redundancyIn(typed: readonly TypedRedundancy[]): readonly Redundancy[] {
  return typed.map(({ minimum, ...rule }) => ({
    ...rule,
    minimum: Number(minimum.trim() || Number.NaN) || 0,
  }));
}

/** What is wrong with a minimum, in words; null when nothing is. */
export function faultOfMinimum({ by, minimum }: TypedRedundancy): string | null {
  const number = Number(minimum.trim() || Number.NaN);
  const most = by === 'percent' ? 100 : Number.MAX_SAFE_INTEGER;
  if (Number.isSafeInteger(number) && number >= 1 && number <= most) return null;
  return by === 'percent' ? 'A whole number from 1 to 100' : 'A whole number, 1 or more';
}

/** The types by which items of the class may hang on others, and those that a rule names already, as the item reads them. */
export function hangingOptions(
  types: RelationTypes,
  classes: ItemClasses,
  itemClass: string,
  named: readonly string[],
) {
  const fit = hangingTypes(types, classes, itemClass).map(({ type, end }) => ({
    ...{ value: type.id, label: end === 'from' ? type.name : type.inverse },
  }));
  const others = named
    .filter((id) => !fit.some(({ value }) => value === id))
    .map((id) => ({ value: id, label: types.get(id)?.name ?? id }));
  return [...fit, ...others];
}
