import { onDestroy, untrack } from 'svelte';
import type { RecordId } from '@muster/domain/shared';
import { getMuster } from '#lib/live/context.ts';

/**
 * Opens what the screen of a record is drawn from, says that its person is there, and lets go of both with the screen.
 * To be called while the component is made; a screen is made anew for each record, so it opens once.
 */
export function holdRecord<Held extends Readonly<Record<string, { close(): void }>>>(
  id: () => RecordId,
  open: () => Held,
): Held {
  const muster = getMuster();
  const held = untrack(open);
  onDestroy(() => {
    for (const each of Object.values(held)) each.close();
    muster.presence.at(null);
  });
  $effect(() => muster.presence.at(id(), null));
  return held;
}
