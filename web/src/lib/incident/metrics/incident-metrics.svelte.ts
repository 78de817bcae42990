import type { MajorTimes } from '@muster/domain/incident';
import type { RecordId, Severity } from '@muster/domain/shared';
import type { Api } from '#lib/connection/api.ts';
import { problemWords } from '#lib/wording/problems.ts';

export interface MeasuredMajor {
  readonly id: RecordId;
  readonly number: string | null;
  readonly title: string;
  readonly severity: Severity;
  readonly createdAt: number;
  readonly declaredAt: number;
  readonly times: MajorTimes;
}

export interface MeasuredMajors {
  /** Newest first. */
  readonly incidents: readonly MeasuredMajor[];
  /** There are older ones that are not told. */
  readonly more: boolean;
}

/** Major incidents with their times, as the server tells them; what came last stays while it is asked again. */
export class IncidentMetrics {
  readonly #api: Pick<Api, 'request'>;
  #asked = 0;
  #told = $state.raw<MeasuredMajors | undefined>(undefined);
  #problem = $state<string | null>(null);

  constructor(api: Pick<Api, 'request'>) {
    this.#api = api;
  }

  /** Undefined until the first answer. */
  get told(): MeasuredMajors | undefined {
    return this.#told;
  }

  /** Why the last question was not answered, in words. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Those opened since an instant. An answer that was overtaken by another question is dropped. */
  async load(since: number): Promise<void> {
    const turn = (this.#asked += 1);
    try {
      const told = (await this.#api.request(`/api/incident/metrics?since=${since}`)) as MeasuredMajors;
      if (turn !== this.#asked) return;
      this.#told = told;
      this.#problem = null;
    } catch (error) {
      if (turn === this.#asked) this.#problem = problemWords(error);
    }
  }
}
