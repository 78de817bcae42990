import type { AlertState } from '@muster/domain/incident';
import type { Tone } from '#lib/ui/tone.ts';

/** How long a silence lasts, by when a reminder would come: `For 1 hour`, `Until tomorrow at 9`. */
export function silenceLabel(reminder: string): string {
  if (reminder.startsWith('In ')) return `For ${reminder.slice(3)}`;
  return `Until ${reminder.replace(/^Tomorrow/, 'tomorrow')}`;
}

/** Each state of an alert in a word and a tone. */
export const STATE_LOOKS: Readonly<Record<AlertState, { readonly word: string; readonly tone: Tone }>> = {
  firing: { word: 'Firing', tone: 'danger' },
  acknowledged: { word: 'Acknowledged', tone: 'warning' },
  silenced: { word: 'Silenced', tone: 'neutral' },
  resolved: { word: 'Over', tone: 'success' },
};
