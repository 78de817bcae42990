import type { Clock } from '../clock.ts';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

/** A clock that stands still until it is told to go on. Turns of the event loop are the real ones. */
export class FakeClock implements Clock {
  #now = 1_790_000_000_000;
  #timers: Timer[] = [];

  now(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { at: this.#now + delayMs, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  nextTurn(run: () => void): void {
    setImmediate(run);
  }

  get waiting(): number {
    return this.#timers.length;
  }

  /** Lets time pass and runs what falls due, in order, each turn's work with it. */
  async pass(ms: number): Promise<void> {
    const until = this.#now + ms;
    for (;;) {
      const due = this.#timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
      if (due === undefined) break;
      this.#timers = this.#timers.filter((each) => each !== due);
      this.#now = Math.max(this.#now, due.at);
      due.run();
      await turn();
    }
    this.#now = until;
    await turn();
  }
}

/** Waits until everything that is under way without a timer has happened. */
export async function turn(): Promise<void> {
  for (let round = 0; round < 3; round += 1) await new Promise((resolve) => setImmediate(resolve));
}
