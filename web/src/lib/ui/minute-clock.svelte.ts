import { createSubscriber } from 'svelte/reactivity';

const TICK_MS = 20_000;

/** One timer for all relative times of a page, running only while one is on the screen. */
class MinuteClock {
  readonly #subscribe = createSubscriber((update) => {
    const timer = setInterval(update, TICK_MS);
    return () => clearInterval(timer);
  });

  get now(): number {
    this.#subscribe();
    return Date.now();
  }
}

export const minuteClock = new MinuteClock();
