/** Everything that takes time, injected so that tests need not wait. */
export interface Clock {
  /** Epoch ms. */
  now(): number;
  /** Runs once after a delay in ms; the answer cancels it. */
  after(delayMs: number, run: () => void): () => void;
  /** Runs when the present turn of the event loop is over. */
  nextTurn(run: () => void): void;
}

declare const setImmediate: ((run: () => void) => unknown) | undefined;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
  nextTurn: (run) => {
    if (typeof setImmediate === 'function') setImmediate(run);
    else queueMicrotask(run);
  },
};
