/** Choices that a seed repeats, and the seeds of a run. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A shift-register generator: 32 bits of state, even enough to choose what to do next. */
export class Random {
  #state: number;

  constructor(seed: number) {
    // scattered, so that neither neighbouring seeds nor a generator and its forks walk the same way
    this.#state = Math.imul(seed ^ 0x5bd1_e995, 0x9e37_79b1) >>> 0 || 1;
    for (let step = 0; step < 8; step += 1) this.whole();
  }

  /** Any whole number of 32 bits but 0. */
  whole(): number {
    let state = this.#state;
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    this.#state = state >>> 0;
    return this.#state;
  }

  /** A whole number from 0 up to `end`, which is not included. */
  below(end: number): number {
    return this.whole() % end;
  }

  /** Whether something that happens so many times in a hundred happens now. */
  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }

  /** One of several, each as often as its weight says. */
  weighted<Item>(choices: readonly (readonly [weight: number, item: Item])[]): Item {
    let left = this.below(choices.reduce((sum, [weight]) => sum + weight, 0));
    for (const [weight, item] of choices) {
      left -= weight;
      if (left < 0) return item;
    }
    throw new Error('nothing to pick from');
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }

  ulid(): string {
    return `0${Array.from({ length: 25 }, () => CROCKFORD[this.below(32)] ?? '0').join('')}`;
  }

  word(): string {
    return this.whole().toString(36);
  }

  /** A generator of its own, so that one part's choices do not depend on how far another has come. */
  fork(): Random {
    return new Random(this.whole());
  }
}

/** How often something runs: `short` in `npm test`; `perThousand` for each 1,000 of MUSTER_FUZZ_RUNS. */
export interface Effort {
  readonly short: number;
  readonly perThousand: number;
}

/** How much of an effort this run makes, at least the short one. */
export function effort({ short, perThousand }: Effort): number {
  const runs = Number(process.env['MUSTER_FUZZ_RUNS'] ?? 0);
  return Math.max(short, Math.round((perThousand * runs) / 1000));
}

/**
 * The seeds to run, beginning with a pinned one. MUSTER_FUZZ_SEED runs a single one again, as a failure names it.
 */
export function seeds(first: number, wanted: Effort): readonly number[] {
  const again = process.env['MUSTER_FUZZ_SEED'];
  if (again !== undefined) return [Number(again)];
  return Array.from({ length: effort(wanted) }, (_, index) => first + index);
}

/** A test's time in ms: so much in `npm test`, an hour when MUSTER_FUZZ_RUNS makes it long. */
export function timeLimit(shortMs: number): { readonly timeout: number } {
  return { timeout: process.env['MUSTER_FUZZ_RUNS'] === undefined ? shortMs : 3_600_000 };
}
