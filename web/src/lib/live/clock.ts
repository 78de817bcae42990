import { createSubscriber } from 'svelte/reactivity';

/** The server's clock: ticks once a second while somebody reads it. */
export class ServerClock {
  readonly #subscribe: () => void;
  readonly #now: () => number;
  #offsetMs: number;
  #update: (() => void) | null = null;

  constructor(offsetMs: number, now: () => number = Date.now) {
    this.#offsetMs = offsetMs;
    this.#now = now;
    this.#subscribe = createSubscriber((update) => {
      this.#update = update;
      const timer = setInterval(update, 1000);
      return () => {
        clearInterval(timer);
        this.#update = null;
      };
    });
  }

  /** Epoch ms. Subscribes. */
  get now(): number {
    this.#subscribe();
    return this.peek();
  }

  /** Epoch ms, without subscribing. */
  peek(): number {
    return this.#now() + this.#offsetMs;
  }

  /** What the server last said about its own clock. */
  set(offsetMs: number): void {
    if (offsetMs === this.#offsetMs) return;
    this.#offsetMs = offsetMs;
    this.#update?.();
  }
}
