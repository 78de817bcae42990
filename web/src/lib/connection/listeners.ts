/** Whom to tell. A set of callbacks without arguments: what changed is read from the thing itself. */
export class Listeners<Arguments extends readonly unknown[] = []> {
  readonly #all = new Set<(...args: Arguments) => void>();

  /** Returns what removes the listener. */
  add(listener: (...args: Arguments) => void): () => void {
    this.#all.add(listener);
    return () => void this.#all.delete(listener);
  }

  tell(...args: Arguments): void {
    for (const listener of [...this.#all]) listener(...args);
  }

  get size(): number {
    return this.#all.size;
  }
}
