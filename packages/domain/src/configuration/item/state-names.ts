/** What the states of items are called, in files as on the screen. */
import { ITEM_STATES } from './lifecycle.ts';
import type { ItemState } from './lifecycle.ts';

export const ITEM_STATE_NAMES: Readonly<Record<ItemState, string>> = {
  planned: 'Planned',
  ordered: 'Ordered',
  in_stock: 'In stock',
  implementation: 'In implementation',
  in_service: 'In service',
  maintenance: 'In maintenance',
  retired: 'Retired',
  disposed: 'Disposed',
};

/** The state that is called so, or written as it is kept; in any case, with spaces, dashes or underscores. */
export function stateCalled(said: string): ItemState | undefined {
  const asked = plain(said);
  return ITEM_STATES.find((state) => plain(ITEM_STATE_NAMES[state]) === asked || plain(state) === asked);
}

function plain(words: string): string {
  return words
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ');
}
