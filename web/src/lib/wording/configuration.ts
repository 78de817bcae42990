/** What the states of configuration items are called and look like. */
import { ITEM_STATE_NAMES } from '@muster/domain/configuration';
import type { ItemState } from '@muster/domain/configuration';
import type { StateShape } from '../ui/StatePill.svelte';
import type { Tone } from '../ui/tone.ts';

const STATES: Readonly<Record<ItemState, readonly [shape: StateShape, tone: Tone]>> = {
  planned: ['dotted', 'neutral'],
  ordered: ['ring', 'neutral'],
  in_stock: ['ring', 'info'],
  implementation: ['half', 'info'],
  in_service: ['full', 'success'],
  maintenance: ['pause', 'warning'],
  retired: ['check', 'neutral'],
  disposed: ['cross', 'neutral'],
};

export function itemStateWords(state: ItemState): string {
  return ITEM_STATE_NAMES[state];
}

export function itemStateLook(state: ItemState): {
  readonly label: string;
  readonly shape: StateShape;
  readonly tone: Tone;
} {
  const [shape, tone] = STATES[state];
  return { label: ITEM_STATE_NAMES[state], shape, tone };
}
