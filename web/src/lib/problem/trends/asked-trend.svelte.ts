import type { Api } from '#lib/connection/api.ts';
import { problemWords } from '#lib/wording/problems.ts';

/** A question to the server that can be given up; what came last stays while the same view is asked again. */
export class AskedTrend<Answer> {
  readonly #api: Pick<Api, 'request'>;
  #asking = $state.raw<AbortController | null>(null);
  #told = $state.raw<Answer | undefined>(undefined);
  #problem = $state<string | null>(null);

  constructor(api: Pick<Api, 'request'>) {
    this.#api = api;
  }

  /** Undefined until the first answer. */
  get told(): Answer | undefined {
    return this.#told;
  }

  /** Why the last question was not answered, in words. */
  get problem(): string | null {
    return this.#problem;
  }

  get isAsking(): boolean {
    return this.#asking !== null;
  }

  /** Asks; what was asked before is given up, on the server too. */
  async ask(path: string): Promise<void> {
    this.giveUp();
    const asking = new AbortController();
    this.#asking = asking;
    this.#problem = null;
    try {
      const told = (await this.#api.request(path, { signal: asking.signal })) as Answer;
      if (this.#asking === asking) this.#told = told;
    } catch (error) {
      if (this.#asking === asking) this.#problem = problemWords(error);
    } finally {
      if (this.#asking === asking) this.#asking = null;
    }
  }

  giveUp(): void {
    this.#asking?.abort();
    this.#asking = null;
  }
}
