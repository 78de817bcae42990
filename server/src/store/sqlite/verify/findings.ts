/** Gathers what differs: the first difference of each kind in words, and how many more there are. */
export class Findings {
  readonly #first = new Map<string, { readonly words: string; count: number }>();

  add(kind: string, words: string): void {
    const known = this.#first.get(kind);
    if (known === undefined) this.#first.set(kind, { words, count: 1 });
    else known.count += 1;
  }

  get words(): readonly string[] {
    return [...this.#first].map(([kind, { words, count }]) =>
      count === 1 ? `${kind}: ${words}` : `${kind}: ${words} (and ${count - 1} more)`,
    );
  }
}
