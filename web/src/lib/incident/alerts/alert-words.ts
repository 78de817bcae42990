import type { AlertState } from '@muster/domain/incident';
import type { Tone } from '#lib/ui/tone.ts';

/** Each state of an alert in a word and a tone. */
export const STATE_LOOKS: Readonly<Record<AlertState, { readonly word: string; readonly tone: Tone }>> = {
  firing: { word: 'Firing', tone: 'danger' },
  acknowledged: { word: 'Acknowledged', tone: 'warning' },
  silenced: { word: 'Silenced', tone: 'neutral' },
  resolved: { word: 'Over', tone: 'success' },
};
