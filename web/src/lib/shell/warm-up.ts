/**
 * Brings in what was left out of the first load, once the page is at rest, so that it is there when the network goes.
 * A service worker that already controls the page holds all of it; then nothing is done.
 */
export function warmUp(parts: readonly (() => Promise<unknown>)[]): () => void {
  if (navigator.serviceWorker?.controller) return () => undefined;
  let stopped = false;
  const next = async ([part, ...rest]: readonly (() => Promise<unknown>)[]): Promise<void> => {
    if (part === undefined || stopped) return;
    // what cannot be had now is asked for again when it is needed
    await part().catch(() => undefined);
    whenIdle(() => void next(rest));
  };
  const timer = setTimeout(() => whenIdle(() => void next(parts)), REST_MS);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}

/** The page's own start goes first. */
const REST_MS = 3_000;

function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(run);
  else setTimeout(run, 50);
}
