import { fetchable } from './fetchable.ts';

/** Marks in the page's own record of its timing: as many ends as begins say that all has come. */
const WARMING = { begun: 'muster:warming', over: 'muster:warm' } as const;

/**
 * Brings in what was left out of the first load, once the page is at rest, so that it is there when the network goes.
 * A service worker that already controls the page holds all of it; then nothing is done.
 */
export function warmUp(parts: readonly (() => Promise<unknown>)[]): () => void {
  if (navigator.serviceWorker?.controller) return () => undefined;
  let isOver = false;
  const end = () => {
    if (!isOver) performance.mark(WARMING.over);
    isOver = true;
  };
  const next = async ([part, ...rest]: readonly (() => Promise<unknown>)[]): Promise<void> => {
    if (part === undefined) end();
    if (part === undefined || isOver) return;
    await fetchable();
    if (isOver) return;
    // what fails all the same is said where it is needed
    await part().catch(() => undefined);
    whenIdle(() => void next(rest));
  };
  performance.mark(WARMING.begun);
  const timer = setTimeout(() => whenIdle(() => void next(parts)), REST_MS);
  return () => {
    clearTimeout(timer);
    end();
  };
}

/** The page's own start goes first. */
const REST_MS = 3_000;

function whenIdle(run: () => void): void {
  if ('requestIdleCallback' in window) requestIdleCallback(run);
  else setTimeout(run, 50);
}
