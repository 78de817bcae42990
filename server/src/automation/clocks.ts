import type { Clock } from './clock.ts';

/**
 * All that happens because time passes. It stands still while a store is filled with what happened long ago: what was
 * due then would fall due at once, in the midst of it.
 */
export class Clocks {
  readonly #make: () => readonly Pick<Clock, 'stop'>[];
  #running: readonly Pick<Clock, 'stop'>[] = [];
  #held = 0;
  #isStarted = false;

  /** @param make - starts them, each time anew */
  constructor(make: () => readonly Pick<Clock, 'stop'>[]) {
    this.#make = make;
  }

  start(): void {
    this.#isStarted = true;
    this.#set();
  }

  stop(): void {
    this.#isStarted = false;
    this.#set();
  }

  async without<Made>(work: () => Promise<Made>): Promise<Made> {
    this.#held += 1;
    this.#set();
    try {
      return await work();
    } finally {
      this.#held -= 1;
      this.#set();
    }
  }

  #set(): void {
    const mayRun = this.#isStarted && this.#held === 0;
    if (mayRun === this.#running.length > 0) return;
    for (const clock of this.#running) clock.stop();
    this.#running = mayRun ? this.#make() : [];
  }
}
