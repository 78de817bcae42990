/**
 * Whole histories from elsewhere: an import, or demonstration data. Their events keep the times and actors of the
 * source and join the chain like any other. Idempotent by (source, external id): a history is compared by the hash
 * of its events; a longer one whose beginning is what is here adds what is new; anything else is set aside.
 */
import type { PersonId, RecordId, TicketEvent } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { createHash } from 'node:crypto';
import { canonicalJson } from '../store/canonical-json.ts';
import type { Database } from '../store/schema.ts';
import type { History, HistoryOutcome } from '../store/store.ts';
import { Eras } from './eras.ts';
import { Numbers } from './numbers.ts';
import type { RecordEvents, RecordWriter } from './record-writer.ts';
import type { ImportOrigin } from './records.ts';

interface KnownImport {
  readonly id: string;
  readonly version: number;
  readonly import_hash: string | null;
  readonly import_events: number | null;
}

type Plan =
  | { readonly outcome: 'made' | 'updated'; readonly write: RecordEvents }
  | { readonly outcome: 'unchanged' }
  | { readonly outcome: 'set-aside'; readonly reason: string };

export class HistoryImport {
  readonly #db: Kysely<Database>;
  readonly #numbers: Numbers;
  readonly #writer: RecordWriter;

  constructor(db: Kysely<Database>, writer: RecordWriter) {
    this.#db = db;
    this.#numbers = new Numbers(db, new Eras(db));
    this.#writer = writer;
  }

  /** Writes what is new of the histories, together; answers for each in order. */
  async run(histories: readonly History[]): Promise<readonly HistoryOutcome[]> {
    const outcomes: HistoryOutcome[] = [];
    let pending = new Map<string, RecordEvents>();
    const flush = async (): Promise<void> => {
      const writes = [...pending.values()];
      pending = new Map();
      await this.#writer.writeAll(writes);
    };
    for (const history of histories) {
      const { externalId } = history;
      const key = canonicalJson([history.source, externalId]);
      // The same record twice in one batch: the second is compared with what the first wrote.
      if (pending.has(key)) await flush();
      const plan = await this.#plan(history);
      if (plan.outcome === 'set-aside')
        outcomes.push({ externalId, outcome: 'set-aside', reason: plan.reason });
      else outcomes.push({ externalId, outcome: plan.outcome });
      if (plan.outcome === 'made' || plan.outcome === 'updated') pending.set(key, plan.write);
    }
    await flush();
    return outcomes;
  }

  async #plan(history: History): Promise<Plan> {
    const first = history.events[0];
    if (first?.event.type !== 'created')
      return { outcome: 'set-aside', reason: 'its history does not begin with "created"' };
    const known = await this.#known(history.source, history.externalId);
    if (known === undefined) return this.#make(history, first.event, first.at);
    const count = known.import_events ?? 0;
    if (history.events.length < count)
      return { outcome: 'set-aside', reason: 'it tells less than is known here' };
    if (hashOf(history.events.slice(0, count)) !== known.import_hash) {
      return { outcome: 'set-aside', reason: 'its past differs from what was imported before' };
    }
    if (history.events.length === count) return { outcome: 'unchanged' };
    if (known.version !== count) {
      return { outcome: 'set-aside', reason: 'it was worked on here since it was imported' };
    }
    const events = history.events.slice(count).map(placed);
    return { outcome: 'updated', write: { target: known.id as RecordId, events, origin: originOf(history) } };
  }

  async #make(
    history: History,
    created: Extract<TicketEvent, { type: 'created' }>,
    at: number,
  ): Promise<Plan> {
    const taken = await this.#db
      .selectFrom('record')
      .select('id')
      .where((where) => where.or([where('id', '=', history.id), where('number', '=', history.number)]))
      .executeTakeFirst();
    if (taken !== undefined) {
      const reason =
        taken.id === history.id ? 'its id belongs to another record' : `number ${history.number} is taken`;
      return { outcome: 'set-aside', reason };
    }
    const number = history.number ?? (await this.#takeNumber(created.process, at));
    const [first, ...rest] = history.events.map(placed);
    const numbered = first === undefined ? [] : [{ ...first, event: { ...created, number } }];
    return {
      outcome: 'made',
      write: { target: history.id, events: [...numbered, ...rest], origin: originOf(history) },
    };
  }

  async #takeNumber(process: 'desk' | 'incident', at: number): Promise<string> {
    const number = await this.#numbers.next(process, at);
    await this.#numbers.take(process, at);
    return number;
  }

  async #known(source: string, externalId: string): Promise<KnownImport | undefined> {
    return this.#db
      .selectFrom('record')
      .select(['id', 'version', 'import_hash', 'import_events'])
      .where('source', '=', source)
      .where('external_id', '=', externalId)
      .executeTakeFirst();
  }
}

type SourceEvent = History['events'][number];

function placed({ event, actor, at }: SourceEvent): {
  readonly event: TicketEvent;
  readonly actor: PersonId;
  readonly at: number;
  readonly clientAt: number;
} {
  return { event, actor, at, clientAt: at };
}

function originOf(history: History): ImportOrigin {
  const { source, externalId, events } = history;
  return { source, externalId, hash: hashOf(events), events: events.length };
}

function hashOf(events: readonly SourceEvent[]): string {
  return createHash('sha256').update(canonicalJson(events)).digest('hex');
}
