import type { Api } from '#lib/connection/api.ts';
import { problemWords } from '#lib/wording/problems.ts';

/** A question to the server that can be given up; what came last stays while the same view is asked again. */
export class AskedTrend<View extends string, Answer> {
  readonly #api: Pick<Api, 'request'>;
  #asking = $state.raw<AbortController | null>(null);
  #told = $state.raw<{ readonly view: View; readonly answer: Answer } | undefined>(undefined);
  #problem = $state<string | null>(null);

  constructor(api: Pick<Api, 'request'>) {
    this.#api = api;
  }

  /** The last answer with the view that it is of; undefined until the first. */
  get told(): { readonly view: View; readonly answer: Answer } | undefined {
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
  async ask(view: View, path: string): Promise<void> {
    this.giveUp();
    const asking = new AbortController();
    this.#asking = asking;
    this.#problem = null;
    try {
      const answer = (await this.#api.request(path, { signal: asking.signal })) as Answer;
      if (this.#asking === asking) this.#told = { view, answer };
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
