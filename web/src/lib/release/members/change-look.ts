import type { Change } from '@muster/domain/change';
import type { StateShape } from '#lib/ui/StatePill.svelte';
import type { Tone } from '#lib/ui/tone.ts';
import { changeStateWords } from '#lib/wording/changes.ts';

/** How far a change is, by sign: what is over, what is under way, what is to come. */
export function changeLook({ state, result }: Pick<Change, 'state' | 'result'>): {
  readonly label: string;
  readonly shape: StateShape;
  readonly tone: Tone;
} {
  const label = changeStateWords(state);
  if (state === 'cancelled') return { label, shape: 'cross', tone: 'neutral' };
  if (state === 'closed')
    return result === 'backed_out'
      ? { label: 'Backed out', shape: 'cross', tone: 'danger' }
      : { label, shape: 'check', tone: 'success' };
  if (state === 'implement') return { label, shape: 'most', tone: 'warning' };
  if (state === 'scheduled') return { label, shape: 'half', tone: 'info' };
  return { label, shape: 'ring', tone: 'neutral' };
}
