import { isDrill } from '@muster/domain/incident';
import { symptomOf } from '@muster/domain/problem';
import type { RecordId, Ticket } from '@muster/domain/shared';
import { isCalling, tokenOf } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Insertable, Kysely, RawBuilder, SqlBool } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { RecordTable } from '../store/schema-records.ts';
import type { BoardAudience } from '../store/sqlite/documents/audience.ts';

/** States that no transition leaves: such a record goes off its board with the next epoch. */
export const OFF_THE_BOARD = ['closed', 'cancelled', 'merged'] as const;

/** How a record came in from elsewhere. */
export interface ImportOrigin {
  readonly source: string;
  readonly externalId: string;
  readonly hash: string;
  readonly events: number;
}

/** A record as it is stored: the ticket and what only the store knows of it. */
export interface StoredRecord {
  readonly key: number;
  readonly ticket: Ticket;
  readonly live: boolean;
}

/** The rows of `record`: the scalars of every ticket, as columns for lists and whole as JSON. */
export class Records {
  readonly #db: Kysely<Database>;

  constructor(db: Kysely<Database>) {
    this.#db = db;
  }

  async find(id: RecordId): Promise<StoredRecord | null> {
    const row = await this.#db
      .selectFrom('record')
      .select(['key', 'data', 'live'])
      .where('id', '=', id)
      .executeTakeFirst();
    return row === undefined ? null : { key: row.key, ticket: ticketOf(row), live: row.live === 1 };
  }

  /** Writes a ticket that was not there; returns the key of its text entry. */
  async insert(
    ticket: Ticket,
    options: { readonly live: boolean; readonly origin?: ImportOrigin },
  ): Promise<number> {
    const { key } = await this.#db
      .insertInto('record')
      .values({
        ...columnsOf(ticket),
        id: ticket.id,
        live: options.live ? 1 : 0,
        source: options.origin?.source ?? null,
        external_id: options.origin?.externalId ?? null,
        import_hash: options.origin?.hash ?? null,
        import_events: options.origin?.events ?? null,
      })
      .returning('key')
      .executeTakeFirstOrThrow();
    await this.#db
      .insertInto('alias')
      .values({ token: tokenOf(ticket.process, ticket.id), record: ticket.id })
      .execute();
    return key;
  }

  async update(ticket: Ticket, live: boolean): Promise<void> {
    await this.#db
      .updateTable('record')
      .set({ ...columnsOf(ticket), live: live ? 1 : 0 })
      .where('id', '=', ticket.id)
      .execute();
  }

  async setOrigin(id: RecordId, origin: ImportOrigin): Promise<void> {
    await this.#db
      .updateTable('record')
      .set({ import_hash: origin.hash, import_events: origin.events })
      .where('id', '=', id)
      .execute();
  }

  /** Lets records that are over go off their boards: tells those that stay, for the next epoch, and those that went. */
  async refreshLive(
    audience: BoardAudience,
  ): Promise<{ readonly stay: readonly Ticket[]; readonly went: readonly Ticket[] }> {
    const went = await this.#db
      .updateTable('record')
      .set({ live: 0 })
      .where(onBoardOf(audience))
      .where('live', '=', 1)
      .where('state', 'in', OFF_THE_BOARD)
      .returning('data')
      .execute();
    const stay = await this.#db
      .selectFrom('record')
      .select('data')
      .where(onBoardOf(audience))
      .where('live', '=', 1)
      .orderBy('id')
      .execute();
    return { stay: stay.map(ticketOf), went: went.map(ticketOf) };
  }

  /** A person's own tickets that are live, for their inbox. */
  async requestsOf(person: string): Promise<readonly Ticket[]> {
    const rows = await this.#db
      .selectFrom('record')
      .select('data')
      .where('requester', '=', person)
      .where('live', '=', 1)
      .orderBy('id')
      .execute();
    return rows.map(ticketOf);
  }
}

/** `audiencesOf` in SQL: the records that stand on a board while they are live. */
function onBoardOf({ process, team, person }: BoardAudience): RawBuilder<SqlBool> {
  if (person !== null) {
    return sql`process = ${process} and readers is not null and ${isNamed(person)}`;
  }
  return team === null
    ? sql`process = ${process} and restricted_to is null and readers is null`
    : sql`process = ${process} and restricted_to = ${team}`;
}

/** Whether a person is named as a reader of a row of `record`. */
export function isNamed(person: string): RawBuilder<SqlBool> {
  return sql`exists (select 1 from json_each(record.readers) as named where named.value = ${person})`;
}

export function ticketOf(row: { readonly data: string }): Ticket {
  return JSON.parse(row.data) as Ticket;
}

export function isOver(ticket: Ticket): boolean {
  return (OFF_THE_BOARD as readonly string[]).includes(ticket.state);
}

export type TicketColumns = Omit<
  Insertable<RecordTable>,
  'id' | 'key' | 'live' | 'source' | 'external_id' | 'import_hash' | 'import_events'
>;

/** The columns that lists and reports need, of the whole ticket in `data`. */
export function columnsOf(ticket: Ticket): TicketColumns {
  return {
    process: ticket.process,
    number: ticket.number,
    version: ticket.version,
    state: ticket.state,
    title: ticket.title,
    kind: ticket.kind,
    priority: ticket.priority,
    impact: ticket.impact,
    urgency: ticket.urgency,
    requester: ticket.requester,
    team: ticket.team,
    owner: ticket.owner,
    service: ticket.service,
    category: ticket.category,
    channel: ticket.channel,
    restricted_to: ticket.restrictedTo,
    readers: ticket.readers.length === 0 ? null : JSON.stringify(ticket.readers),
    created_at: ticket.createdAt,
    updated_at: ticket.updatedAt,
    resolved_at: ticket.resolvedAt,
    closed_at: ticket.closedAt,
    snoozed_until: ticket.snoozedUntil,
    merged_into: ticket.mergedInto,
    major: ticket.major?.state ?? null,
    severity: ticket.major?.severity ?? null,
    calling: ticket.calls.some(isCalling) ? 1 : 0,
    drill: isDrill(ticket.tags) ? 1 : 0,
    reopened: ticket.reopenCount,
    resolution: ticket.resolution?.code ?? null,
    symptom: symptomOf(ticket.title),
    data: JSON.stringify(ticket),
  };
}
