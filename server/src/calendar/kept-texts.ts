/** Calendars as they were last written: whoever asks again within the hour costs nothing. */
export class KeptTexts {
  /** By address, the one that was written longest ago first. */
  readonly #kept = new Map<string, { readonly state: string; readonly text: Promise<string> }>();
  readonly #most: number;

  /** `most` is how many are kept: one can have some hundred kilobytes. */
  constructor(most = 200) {
    this.#most = most;
  }

  /** The text of an address, written anew unless it was written for the same state. */
  textOf(address: string, state: string, write: () => Promise<string>): Promise<string> {
    const before = this.#kept.get(address);
    if (before?.state === state) return before.text;
    const entry = { state, text: write() };
    this.#kept.delete(address);
    this.#kept.set(address, entry);
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= this.#most) break;
      this.#kept.delete(oldest);
    }
    // what failed is tried again
    entry.text.catch(() => {
      if (this.#kept.get(address) === entry) this.#kept.delete(address);
    });
    return entry.text;
  }
}
