import { onMount } from 'svelte';

/** Something live that a page is made with and that is opened when the page is shown. */
export interface Opened<Live> {
  /** Null until it is here. */
  readonly live: Live | null;
  /** It cannot be had: there is no network, and it was never fetched. */
  readonly failed: boolean;
}

/** Opens it once the component is shown; to be called while that is set up. */
export function openOnMount<Live>(open: () => Promise<Live>): Opened<Live> {
  let live = $state.raw<Live | null>(null);
  let failed = $state(false);
  onMount(() => {
    open().then(
      (opened) => (live = opened),
      () => (failed = true),
    );
  });
  return {
    get live() {
      return live;
    },
    get failed() {
      return failed;
    },
  };
}
