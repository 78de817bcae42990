import type { Api } from '#lib/connection/api.ts';
import { problemWords } from '#lib/wording/problems.ts';
import type { ParetoBy, TrendView } from './trend-address.ts';
import type { TrendAnswers } from './trend-answers.ts';

/** An answer with the question that it answers: it is drawn as that view alone, and under no other heading. */
export type ToldTrend = {
  [View in TrendView]: {
    readonly view: View;
    readonly by: ParetoBy;
    readonly path: string;
    readonly answer: TrendAnswers[View];
  };
}[TrendView];

export type TrendQuestion = Pick<ToldTrend, 'view' | 'by' | 'path'>;

/** A question to the server that can be given up; what came last stays while another one is asked. */
export class AskedTrend {
  readonly #api: Pick<Api, 'request'>;
  #asking = $state.raw<AbortController | null>(null);
  #told = $state.raw<ToldTrend | undefined>(undefined);
  #problem = $state<string | null>(null);

  constructor(api: Pick<Api, 'request'>) {
    this.#api = api;
  }

  /** Undefined until the first answer. */
  get told(): ToldTrend | undefined {
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
  async ask(question: TrendQuestion): Promise<void> {
    this.giveUp();
    const asking = new AbortController();
    this.#asking = asking;
    try {
      const answer = await this.#api.request(question.path, { signal: asking.signal });
      if (this.#asking === asking) this.#told = { ...question, answer } as ToldTrend;
    } catch (error) {
      if (this.#asking === asking) this.#problem = problemWords(error);
    } finally {
      if (this.#asking === asking) this.#asking = null;
    }
  }

  giveUp(): void {
    this.#asking?.abort();
    this.#asking = null;
    this.#problem = null;
  }
}
