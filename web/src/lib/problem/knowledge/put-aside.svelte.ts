const KEPT = 300;

/** What a person said not to suggest again, by what it was suggested for; on this device. */
export class PutAside {
  readonly #key: string;
  #pairs = $state.raw<readonly string[]>([]);

  constructor(person: string) {
    this.#key = `muster:not-this:${person}`;
    this.#pairs = readPairs(this.#key);
  }

  of(ticket: string): readonly string[] {
    const prefix = `${ticket} `;
    return this.#pairs.filter((pair) => pair.startsWith(prefix)).map((pair) => pair.slice(prefix.length));
  }

  add(ticket: string, known: string): void {
    const pair = `${ticket} ${known}`;
    this.#pairs = [pair, ...this.#pairs.filter((other) => other !== pair)].slice(0, KEPT);
    this.#keep();
  }

  /** Suggests all of it again. */
  clear(ticket: string): void {
    this.#pairs = this.#pairs.filter((pair) => !pair.startsWith(`${ticket} `));
    this.#keep();
  }

  #keep(): void {
    try {
      localStorage.setItem(this.#key, JSON.stringify(this.#pairs));
    } catch {
      // without room it holds for this visit only
    }
  }
}

function readPairs(key: string): readonly string[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    return Array.isArray(kept)
      ? kept.filter((pair): pair is string => typeof pair === 'string').slice(0, KEPT)
      : [];
  } catch {
    return [];
  }
}
