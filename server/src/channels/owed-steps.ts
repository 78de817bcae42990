/**
 * Steps that the store could not keep when their time was: taken before anything else is sent, so that what went out
 * is not sent again because the disk was full.
 */
export class OwedSteps {
  readonly #owed: (() => Promise<void>)[] = [];
  #settling: Promise<void> | null = null;

  /** Takes a step that must not be lost; rejects when it could not be taken now. */
  async take(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.#owed.push(step);
      throw error;
    }
  }

  /** Takes what is owed, in order; rejects at the first that cannot be taken now, and owes it and the rest still. */
  settle(): Promise<void> {
    this.#settling ??= this.#takeOwed().finally(() => {
      this.#settling = null;
    });
    return this.#settling;
  }

  async #takeOwed(): Promise<void> {
    for (let first = this.#owed[0]; first !== undefined; first = this.#owed[0]) {
      await first();
      this.#owed.shift();
    }
  }
}
