import type { RecordId, Ticket } from '@muster/domain/shared';

/** Typing rests this long before the server is asked. */
const REST_MS = 220;

export interface FoundRecord {
  readonly id: RecordId;
  readonly number: string | null;
  readonly title: string;
  readonly state: string;
}

/** Search over everything that is kept, closed records and conversations too. Silent while there is no network. */
export class ServerSearch {
  readonly #request: (path: string, signal: AbortSignal) => Promise<unknown>;
  #found = $state.raw<readonly FoundRecord[]>([]);
  #asking = $state(false);
  #abort: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(request: (path: string, signal: AbortSignal) => Promise<unknown>) {
    this.#request = request;
  }

  get found(): readonly FoundRecord[] {
    return this.#found;
  }

  get asking(): boolean {
    return this.#asking;
  }

  /** Asks once typing rests; a newer question cancels the one under way. */
  ask(typed: string): void {
    this.stop();
    const query = typed.trim();
    if (query.length < 3) {
      this.#found = [];
      return;
    }
    this.#asking = true;
    this.#timer = setTimeout(() => void this.#run(query), REST_MS);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#abort?.abort();
    this.#asking = false;
  }

  async #run(query: string): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    try {
      const answer = await this.#request(`/api/search?limit=8&q=${encodeURIComponent(query)}`, abort.signal);
      if (!abort.signal.aborted) this.#found = parseFound(answer);
    } catch {
      if (!abort.signal.aborted) this.#found = [];
    } finally {
      if (!abort.signal.aborted) this.#asking = false;
    }
  }
}

function parseFound(answer: unknown): readonly FoundRecord[] {
  const results = (answer as { results?: unknown } | null)?.results;
  if (!Array.isArray(results)) return [];
  return results.flatMap((result: unknown) => {
    const record = (result as { record?: Partial<Ticket> } | null)?.record;
    return record?.id === undefined || record.title === undefined
      ? []
      : [{ id: record.id, number: record.number ?? null, title: record.title, state: record.state ?? '' }];
  });
}
