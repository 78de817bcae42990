/** What a generator has counted since it was last asked. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

const NONE: Spread = { count: 0, p50: Number.NaN, p99: Number.NaN, max: Number.NaN };

/** Times in ms. */
export class Times {
  #samples: number[] = [];

  add(ms: number): void {
    this.#samples.push(ms);
  }

  take(): readonly number[] {
    const samples = this.#samples;
    this.#samples = [];
    return samples;
  }
}

export function spreadOf(samples: readonly number[]): Spread {
  if (samples.length === 0) return NONE;
  const sorted = Float64Array.from(samples).sort();
  const at = (part: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

export class Tally {
  /** Updates that somebody other than their author got, each receiver counted. */
  delivered = 0;
  sent = 0;
  /** Frames in which they came, those of the author's own included. */
  frames = 0;
  /** Edit to peer and edit to acknowledgement, kept only while `timing`. */
  readonly toPeer = new Times();
  readonly toAck = new Times();
  timing = false;
}
