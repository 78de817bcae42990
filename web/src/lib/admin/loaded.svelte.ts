import { problemWords } from '#lib/wording/problems.ts';

/** Something a page asked the server for: on its way, there, or why not. What was there stays while it is asked again. */
export class Loaded<Value> {
  readonly #ask: () => Promise<Value>;
  #value = $state.raw<Value | undefined>(undefined);
  #problem = $state<string | null>(null);

  constructor(ask: () => Promise<Value>) {
    this.#ask = ask;
    void this.load();
  }

  /** Undefined until the first answer. */
  get value(): Value | undefined {
    return this.#value;
  }

  get problem(): string | null {
    return this.#problem;
  }

  /** Asks again. */
  async load(): Promise<void> {
    try {
      this.#value = await this.#ask();
      this.#problem = null;
    } catch (error) {
      this.#problem = problemWords(error);
    }
  }
}
