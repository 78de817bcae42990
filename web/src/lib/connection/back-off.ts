export interface BackOffOptions {
  readonly firstMs: number;
  readonly maxMs: number;
  /** 0 to 1; spreads clients that lost the same server. */
  readonly random?: () => number;
}

const USUAL_BACK_OFF: BackOffOptions = { firstMs: 1000, maxMs: 30_000 };

/** Waits between attempts: each longer than the one before, cut short by `wake`. */
export class BackOff {
  readonly #options: BackOffOptions;
  #failures = 0;
  #wake: (() => void) | null = null;

  constructor(options: BackOffOptions = USUAL_BACK_OFF) {
    this.#options = options;
  }

  /** Resolves when it is time for the next attempt. `atLeastMs` is what the server asked for. */
  wait(atLeastMs = 0): Promise<void> {
    const { firstMs, maxMs, random = Math.random } = this.#options;
    const full = Math.min(firstMs * 2 ** this.#failures, maxMs);
    this.#failures += 1;
    const delay = Math.max(full / 2 + (full / 2) * random(), atLeastMs);
    return new Promise((resolve) => {
      const timer = setTimeout(done, delay);
      const end = () => {
        clearTimeout(timer);
        done();
      };
      this.#wake = end;
      function done(): void {
        resolve();
      }
    });
  }

  /** It worked: the next wait is short again. */
  reset(): void {
    this.#failures = 0;
  }

  /** Something changed for the better: try now. */
  wake(): void {
    this.#failures = 0;
    this.#wake?.();
    this.#wake = null;
  }
}
