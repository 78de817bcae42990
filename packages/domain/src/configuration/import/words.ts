/** What is said about rows, where several say it. */
import type { ConfigurationItem } from '../item/item.ts';
import { isRetired } from '../item/lifecycle.ts';
import type { ItemState } from '../item/lifecycle.ts';
import { ITEM_STATE_NAMES } from '../item/state-names.ts';
import type { Governance } from '../relation/govern.ts';
import type { ImportedItem } from './imported.ts';

export function className({ classes }: Pick<Governance, 'classes'>, id: string): string {
  return classes.get(id)?.name ?? id;
}

/**
 * How the state of an item and that of its row are apart, as no import moves an item; null where they are not. What
 * somebody retired is no more, though a source that names no states has it still.
 */
export function stateWords(here: ItemState, said: ItemState | undefined): string | null {
  if (said === here || (said === undefined && !isRetired(here))) return null;
  const stands = calledState(here);
  if (said === undefined) return `it is ${stands} here and stays so, though it is in the file`;
  return isRetired(here) && !isRetired(said)
    ? `it is ${stands} here and stays so, though it is ${calledState(said)} in the file`
    : `it is ${stands} here and ${calledState(said)} in the file; no import moves it`;
}

/** What redundancy the row of an item says that has none by that relation here: people set it, and no import. */
export function redundancyWords(
  { redundancy = [] }: Pick<ImportedItem, 'redundancy'>,
  standing: ConfigurationItem | undefined,
  { types }: Pick<Governance, 'types'>,
): readonly string[] {
  if (standing === undefined || isRetired(standing.state)) return [];
  return redundancy
    .filter(({ relation }) => standing.redundancy.every((each) => each.relation !== relation))
    .map(({ relation, by, minimum }) => {
      const called = types.get(relation)?.name ?? relation;
      const needed = `${minimum}${by === 'percent' ? '%' : ''}`;
      return `by the file it stands while ${needed} of what it is related to by "${called}" does; set that as its redundancy, as no import does`;
    });
}

export function calledState(state: ItemState): string {
  return ITEM_STATE_NAMES[state].toLowerCase();
}
