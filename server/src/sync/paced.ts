/**
 * Runs work in order, a few ms of it in a turn of the event loop: a rush of connections holds up nobody who is
 * connected already. Work must not throw.
 */
export class Paced {
  readonly #budgetMs: number;
  #waiting: (() => void)[] = [];
  #scheduled = false;

  constructor(budgetMs: number) {
    this.#budgetMs = budgetMs;
  }

  run(work: () => void): void {
    this.#waiting.push(work);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#go());
  }

  #go(): void {
    this.#scheduled = false;
    const until = performance.now() + this.#budgetMs;
    const waiting = this.#waiting;
    this.#waiting = [];
    let done = 0;
    while (done < waiting.length && (done === 0 || performance.now() < until)) {
      waiting[done]?.();
      done += 1;
    }
    if (done < waiting.length) this.#waiting = [...waiting.slice(done), ...this.#waiting];
    if (this.#waiting.length > 0) this.#schedule();
  }
}
