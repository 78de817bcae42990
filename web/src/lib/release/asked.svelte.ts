import type { Api } from '#lib/connection/api.ts';
import { problemWords } from '#lib/wording/problems.ts';

/** What the server alone knows of deployments; what came last stays while it is asked again. */
export class Asked<Told> {
  readonly #api: Pick<Api, 'request'>;
  #turn = 0;
  #told = $state.raw<Told | undefined>(undefined);
  #problem = $state<string | null>(null);

  constructor(api: Pick<Api, 'request'>) {
    this.#api = api;
  }

  /** Undefined until the first answer. */
  get told(): Told | undefined {
    return this.#told;
  }

  /** Why the last question was not answered, in words. */
  get problem(): string | null {
    return this.#problem;
  }

  /** An answer that was overtaken by another question is dropped. */
  async ask(path: string): Promise<void> {
    const turn = (this.#turn += 1);
    try {
      const told = (await this.#api.request(path)) as Told;
      if (turn !== this.#turn) return;
      this.#told = told;
      this.#problem = null;
    } catch (error) {
      if (turn === this.#turn) this.#problem = problemWords(error);
    }
  }
}
