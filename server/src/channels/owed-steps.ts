/**
 * Steps that the store could not keep when their time was: taken before anything else is sent, so that what went out
 * is not sent again because the disk was full.
 */
export class OwedSteps {
  #owed: (() => Promise<void>)[] = [];

  /** Takes a step that must not be lost; rejects when it could not be taken now. */
  async take(step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      this.#owed.push(step);
      throw error;
    }
  }

  async settle(): Promise<void> {
    const owed = this.#owed;
    this.#owed = [];
    for (const step of owed) await this.take(step);
  }
}
