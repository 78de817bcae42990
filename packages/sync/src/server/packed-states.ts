/** Packed states that were made for this process's documents, the least used going first. */
export interface PackedState {
  /** The newest update in it. */
  readonly seq: number;
  readonly deflated: Uint8Array;
}

/** A board of 20,000 rows takes less than one. */
const MOST_BYTES = 64 * 1024 * 1024;

/** They outlive the open document: whoever opens the desk in the morning finds the state of the night. */
export class PackedStates {
  readonly #states = new Map<string, PackedState>();
  #bytes = 0;

  find(key: string): PackedState | null {
    const state = this.#states.get(key);
    if (state === undefined) return null;
    this.#states.delete(key);
    this.#states.set(key, state);
    return state;
  }

  keep(key: string, state: PackedState): void {
    this.#forget(key);
    this.#states.set(key, state);
    this.#bytes += state.deflated.length;
    for (const oldest of this.#states.keys()) {
      if (this.#bytes <= MOST_BYTES) return;
      this.#forget(oldest);
    }
  }

  #forget(key: string): void {
    this.#bytes -= this.#states.get(key)?.deflated.length ?? 0;
    this.#states.delete(key);
  }
}
