/** What the states of configuration items are called. */
import type { ItemState } from '@muster/domain/configuration';
import type { StateShape } from '../ui/StatePill.svelte';
import type { Tone } from '../ui/tone.ts';

const STATES: Readonly<Record<ItemState, readonly [label: string, shape: StateShape, tone: Tone]>> = {
  planned: ['Planned', 'dotted', 'neutral'],
  ordered: ['Ordered', 'ring', 'neutral'],
  in_stock: ['In stock', 'ring', 'info'],
  implementation: ['In implementation', 'half', 'info'],
  in_service: ['In service', 'full', 'success'],
  maintenance: ['In maintenance', 'pause', 'warning'],
  retired: ['Retired', 'check', 'neutral'],
  disposed: ['Disposed', 'cross', 'neutral'],
};

export function itemStateWords(state: ItemState): string {
  return STATES[state][0];
}

export function itemStateLook(state: ItemState): {
  readonly label: string;
  readonly shape: StateShape;
  readonly tone: Tone;
} {
  const [label, shape, tone] = STATES[state];
  return { label, shape, tone };
}
