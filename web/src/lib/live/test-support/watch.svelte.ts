import { flushSync } from 'svelte';

/** Runs `read` in an effect of its own, and counts. */
export function watch<Value>(read: () => Value): Watched<Value> {
  const seen: Value[] = [];
  const stop = $effect.root(() => {
    $effect(() => {
      seen.push(read());
    });
  });
  flushSync();
  return {
    seen,
    stop,
    get value() {
      return seen.at(-1);
    },
    get runs() {
      return seen.length;
    },
  };
}

export interface Watched<Value> {
  /** What each run saw. */
  readonly seen: readonly Value[];
  readonly value: Value | undefined;
  readonly runs: number;
  stop(): void;
}
