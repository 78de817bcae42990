import type { ItemState } from '@muster/domain/configuration';
import type { ProblemState } from '@muster/domain/problem';
import type { RecordId } from '@muster/domain/shared';
import { stateName } from '#lib/ticket/wording/states.ts';
import { changeStateWords } from '#lib/wording/changes.ts';
import { itemStateWords } from '#lib/wording/configuration.ts';
import { PROBLEM_STATE_WORDS } from '#lib/wording/problem-words.ts';

/** Typing rests this long before the server is asked. */
const REST_MS = 220;

export interface FoundRecord {
  readonly id: RecordId;
  /** Its page. */
  readonly href: string;
  readonly number: string | null;
  readonly title: string;
  /** In words; empty where none is told. */
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

/** The kinds of records that an answer tells of: where each list is, the thing in it, its page, and its states. */
const KINDS: readonly (readonly [
  list: string,
  thing: string,
  path: string,
  words: (state: string) => string | undefined,
])[] = [
  ['results', 'record', '/record', stateName],
  ['changes', 'change', '/change', changeStateWords],
  ['problems', 'problem', '/problem', (state) => PROBLEM_STATE_WORDS[state as ProblemState]],
  ['items', 'item', '/configuration', (state) => itemStateWords(state as ItemState)],
];

type Loose = Readonly<Record<string, unknown>> | null | undefined;

function parseFound(answer: unknown): readonly FoundRecord[] {
  return KINDS.flatMap(([list, thing, path, words]) => {
    const results = (answer as Loose)?.[list];
    return (Array.isArray(results) ? (results as unknown[]) : []).flatMap((result) => {
      const record = (result as Loose)?.[thing] as Loose;
      const title = record?.['title'] ?? record?.['name'];
      const [id, number, state] = [record?.['id'], record?.['number'], record?.['state']];
      if (typeof id !== 'string' || typeof title !== 'string') return [];
      return [
        {
          ...{ id: id as RecordId, href: `${path}/${id}`, title },
          number: typeof number === 'string' ? number : null,
          state: typeof state === 'string' ? (words(state) ?? state) : '',
        },
      ];
    });
  });
}
