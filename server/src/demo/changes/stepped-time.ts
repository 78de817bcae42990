/**
 * The time in which many lives are played beside each other: each goes on until its next act lies ahead and waits
 * there, so that what looks at all of them at a moment, a meeting, sees them as they were then.
 */
export class SteppedTime {
  #now = -Infinity;
  #going = 0;
  #waiting: { readonly at: number; readonly go: () => void }[] = [];
  #still: (() => void) | null = null;

  /** Plays a life; its acts wait for their time by `until`. */
  async play(life: () => Promise<void>): Promise<void> {
    this.#going += 1;
    try {
      await life();
    } finally {
      this.#stops();
    }
  }

  /** Resolves when the time has come. */
  async until(at: number): Promise<void> {
    if (at <= this.#now) return;
    await new Promise<void>((go) => {
      this.#waiting.push({ at, go });
      this.#stops();
    });
  }

  /** Lets everything happen up to a moment; resolves when whatever goes on after it waits. */
  async reach(at: number): Promise<void> {
    this.#now = at;
    const ready = this.#waiting.filter((each) => each.at <= at);
    this.#waiting = this.#waiting.filter((each) => each.at > at);
    this.#going += ready.length;
    for (const { go } of ready) go();
    if (this.#going > 0) await new Promise<void>((still) => (this.#still = still));
  }

  #stops(): void {
    this.#going -= 1;
    if (this.#going > 0) return;
    this.#still?.();
    this.#still = null;
  }
}
