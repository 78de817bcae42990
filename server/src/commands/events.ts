/**
 * The history: one chain of events over all records. Each event carries the hash of the one before it, so that an
 * event altered, taken out or put in later is found by reading the chain.
 */
import type { RecordId, Recorded, TicketEvent } from '@muster/domain/shared';
import { personId } from '@muster/domain/shared';
import type { Kysely, Selectable } from 'kysely';
import { createHash } from 'node:crypto';
import { canonicalJson } from '../store/canonical-json.ts';
import type { Database } from '../store/schema.ts';
import type { EventTable } from '../store/schema-records.ts';

export type EventRow = Selectable<EventTable>;

/** What an event's hash is made of, beside the hash before it. */
export type ChainedEvent = Omit<EventRow, 'hash' | 'prev_hash' | 'type'>;

/** Stands before the first event. */
export const CHAIN_START = '0'.repeat(64);

/** SHA-256 of the hash before and the canonical JSON of the event with its place. */
export function chainHash(prevHash: string, event: ChainedEvent): string {
  const { seq, record, version, data, actor, at, client_at } = event;
  const text = canonicalJson({ seq, record, version, data, actor, at, client_at });
  return createHash('sha256').update(prevHash).update(text).digest('hex');
}

/** Whose events a record has is known by its table. */
export function recordedOf<Event extends { readonly type: string } = TicketEvent>(
  row: EventRow,
): Recorded<Event> {
  return {
    seq: row.seq,
    version: row.version,
    event: JSON.parse(row.data) as Event,
    actor: personId(row.actor),
    at: row.at,
    clientAt: row.client_at,
  };
}

/** Rows that one INSERT carries; SQLite allows 32,766 values in a statement. */
const ROWS_AT_ONCE = 500;

export class Events {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  /**
   * The end of the chain, to reserve places after it. Always asked of the database, never remembered; and of what is
   * kept of it, so that nothing is chained over a place from which an event was taken away.
   */
  async head(): Promise<{ readonly seq: number; readonly hash: string }> {
    const row = await this.#db
      .selectFrom('instance')
      .select(['chain_seq as seq', 'chain_hash as hash'])
      .executeTakeFirst();
    return row ?? { seq: 0, hash: CHAIN_START };
  }

  /** Chains rows that `recorded` gave places to. */
  async append(
    prevHash: string,
    events: readonly { readonly record: RecordId; readonly recorded: Recorded<{ readonly type: string }> }[],
  ): Promise<string> {
    let prev = prevHash;
    const rows: EventRow[] = events.map(({ record, recorded }) => {
      const chained = {
        seq: recorded.seq,
        record,
        version: recorded.version,
        data: canonicalJson(recorded.event),
        actor: recorded.actor,
        at: recorded.at,
        client_at: recorded.clientAt,
      };
      const hash = chainHash(prev, chained);
      const row = { ...chained, type: recorded.event.type, prev_hash: prev, hash };
      prev = hash;
      return row;
    });
    for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
      await this.#db
        .insertInto('event')
        .values(rows.slice(from, from + ROWS_AT_ONCE))
        .execute();
    }
    const last = rows.at(-1);
    if (last !== undefined) {
      await this.#db.updateTable('instance').set({ chain_seq: last.seq, chain_hash: last.hash }).execute();
    }
    return prev;
  }

  /** Events of a record with a version above the one given, oldest first. */
  async since<Event extends { readonly type: string } = TicketEvent>(
    record: RecordId,
    version: number,
  ): Promise<readonly Recorded<Event>[]> {
    const rows = await this.#db
      .selectFrom('event')
      .selectAll()
      .where('record', '=', record)
      .where('version', '>', version)
      .orderBy('version')
      .execute();
    return rows.map((row) => recordedOf<Event>(row));
  }
}
