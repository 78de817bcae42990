/**
 * The time in which many lives are played beside each other: each goes on until its next act lies ahead and waits
 * there, so that what looks at all of them at a moment, a meeting, sees them as they were then. Lives that write on
 * one record share a lane: of all that are in it the earliest act comes next.
 */
export class SteppedTime {
  readonly #lanes = new Map<string, Lane>();
  #now = -Infinity;
  #still: (() => void) | null = null;

  /**
   * Plays a life.
   *
   * @param key Of its lane
   * @param life Its acts wait for their time by what it is given
   */
  async play(key: string, life: (until: (at: number) => Promise<void>) => Promise<void>): Promise<void> {
    const lane = this.#lanes.get(key) ?? { going: 0, waiting: [] };
    this.#lanes.set(key, lane);
    lane.going += 1;
    try {
      await life((at) => this.#until(lane, at));
    } finally {
      this.#stops(lane);
    }
  }

  /** Lets everything happen up to a moment; resolves when whatever goes on after it waits. */
  async reach(at: number): Promise<void> {
    this.#now = at;
    for (const lane of this.#lanes.values()) this.#goOn(lane);
    if (this.#isGoing) await new Promise<void>((still) => (this.#still = still));
  }

  async #until(lane: Lane, at: number): Promise<void> {
    await new Promise<void>((go) => {
      lane.waiting.push({ at, go });
      this.#stops(lane);
    });
  }

  #stops(lane: Lane): void {
    lane.going -= 1;
    this.#goOn(lane);
    if (this.#isGoing) return;
    this.#still?.();
    this.#still = null;
  }

  /** Lets the earliest act of a lane happen when all that are in it wait, and its time has come. */
  #goOn(lane: Lane): void {
    if (lane.going > 0) return;
    const next = lane.waiting.toSorted((a, b) => a.at - b.at)[0];
    if (next === undefined || next.at > this.#now) return;
    lane.waiting = lane.waiting.filter((each) => each !== next);
    lane.going += 1;
    next.go();
  }

  get #isGoing(): boolean {
    return [...this.#lanes.values()].some(({ going }) => going > 0);
  }
}

interface Lane {
  /** How many of its lives act, and do not wait. */
  going: number;
  waiting: { readonly at: number; readonly go: () => void }[];
}
