import { onMount } from 'svelte';
import { getMuster } from '#lib/live/context.ts';
import type { LiveConfiguration } from '#lib/live/configuration/live-configuration.ts';

/** The configuration, fetched when the page that asks for it is there. */
export class OpenedConfiguration {
  live = $state.raw<LiveConfiguration | null>(null);
  failed = $state(false);

  constructor() {
    const muster = getMuster();
    onMount(() => {
      muster.openConfiguration().then(
        (opened) => (this.live = opened),
        () => (this.failed = true),
      );
    });
  }
}
