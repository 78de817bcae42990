import type { RecordId } from '@muster/domain/shared';
import { SvelteMap, SvelteSet } from 'svelte/reactivity';
import type { Api } from '#lib/connection/api.ts';
import { problemWords } from '#lib/wording/problems.ts';

/** What a list says of an incident. */
export interface IncidentHead {
  readonly id: RecordId;
  readonly number: string | null;
  readonly title: string;
  readonly state: string;
  readonly createdAt: number;
}

/** So many ids fit into an address. */
const MOST_ASKED = 150;

/**
 * The heads of incidents that are not on this device, as the server tells them to who may read them. Each is asked for
 * once, and kept as long as the page of this person is open, also without a network.
 */
export class FarIncidents {
  readonly #api: Pick<Api, 'request'>;
  readonly #heads = new SvelteMap<RecordId, IncidentHead>();
  readonly #asking = new SvelteSet<RecordId>();
  readonly #answered = new Set<RecordId>();
  #problem = $state<string | null>(null);

  constructor(api: Pick<Api, 'request'>) {
    this.#api = api;
  }

  /** Undefined while it is not here, and for what may not be read. */
  get(id: RecordId): IncidentHead | undefined {
    return this.#heads.get(id);
  }

  isAsking(id: RecordId): boolean {
    return this.#asking.has(id);
  }

  /** Why the last question was not answered, in words. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Asks for those that were not answered yet; what failed is asked for again by the next who asks. */
  async ask(ids: readonly RecordId[]): Promise<void> {
    const wanted = ids.filter((id) => !this.#answered.has(id) && !this.#asking.has(id));
    for (let from = 0; from < wanted.length; from += MOST_ASKED)
      await this.#askFor(wanted.slice(from, from + MOST_ASKED));
  }

  async #askFor(ids: readonly RecordId[]): Promise<void> {
    for (const id of ids) this.#asking.add(id);
    try {
      const path = `/api/records?limit=${ids.length}&ids=${ids.join(',')}`;
      const { records } = (await this.#api.request(path)) as { readonly records: readonly IncidentHead[] };
      for (const { id, number, title, state, createdAt } of records)
        this.#heads.set(id, { id, number, title, state, createdAt });
      for (const id of ids) this.#answered.add(id);
      this.#problem = null;
    } catch (error) {
      this.#problem = problemWords(error);
    } finally {
      for (const id of ids) this.#asking.delete(id);
    }
  }
}

const opened = new WeakMap<object, FarIncidents>();

/** Those of one person's visit: of the next who signs in here nothing is kept. */
export function farIncidents(visit: object, api: Pick<Api, 'request'>): FarIncidents {
  const known = opened.get(visit) ?? new FarIncidents(api);
  opened.set(visit, known);
  return known;
}
