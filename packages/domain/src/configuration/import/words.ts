/** What is said about rows, where several say it. */
import { isRetired } from '../item/lifecycle.ts';
import type { ItemState } from '../item/lifecycle.ts';
import { ITEM_STATE_NAMES } from '../item/state-names.ts';
import type { Governance } from '../relation/govern.ts';

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

export function calledState(state: ItemState): string {
  return ITEM_STATE_NAMES[state].toLowerCase();
}
