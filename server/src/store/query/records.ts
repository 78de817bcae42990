import { canReadChanges } from '@muster/domain/change';
import { asSeenBy, audienceOf, canRead, canReadAsStaff } from '@muster/domain/shared';
import type { Actor, MajorState, RecordId, Ticket, TicketProcess } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { recordedOf } from '../../commands/events.ts';
import { ticketOf } from '../../commands/records.ts';
import type { Database } from '../schema.ts';
import type { StoredTicket } from '../store.ts';
import { after, clampLimit, decodeCursor, pageOf } from './page.ts';
import type { Page } from './page.ts';
import { readable, readableAsStaff } from './readable.ts';

/** What a list may be narrowed by; what is left out does not narrow. */
export interface RecordFilter {
  readonly process?: TicketProcess;
  readonly state?: string;
  readonly team?: string;
  readonly owner?: string;
  readonly requester?: string;
  /** Where it stands as a major incident. */
  readonly major?: MajorState;
  readonly severity?: number;
  /** These alone. */
  readonly ids?: readonly string[];
}

/** Records that the actor may read, newest change first, archived ones too; at most 200 a page. */
export async function listRecords(
  db: Kysely<Database>,
  actor: Actor,
  filter: RecordFilter,
  cursor: string | null,
  limit: number,
): Promise<Page<{ readonly record: Ticket }>> {
  const size = clampLimit(limit);
  let query = db
    .selectFrom('record')
    .select('data')
    .where(readable(actor))
    .where(after(decodeCursor(cursor)))
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1);
  for (const column of ['process', 'state', 'team', 'owner', 'requester', 'major', 'severity'] as const) {
    const value = filter[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  const { ids } = filter;
  if (ids !== undefined)
    query = query.where(sql<boolean>`id in (select value from json_each(${JSON.stringify(ids)}))`);
  const rows = await query.execute();
  return pageOf(
    rows.map((row) => ({ record: asSeenBy(actor, ticketOf(row)) })),
    size,
  );
}

/** A record and its history as far as the actor may read it; null for what is not there and for what is not theirs. */
export async function readRecord(
  db: Kysely<Database>,
  actor: Actor,
  id: RecordId,
): Promise<StoredTicket | null> {
  const row = await db.selectFrom('record').select('data').where('id', '=', id).executeTakeFirst();
  const ticket = row === undefined ? null : ticketOf(row);
  if (ticket === null || !canRead(actor, ticket)) return null;
  const rows = await db
    .selectFrom('event')
    .selectAll()
    .where('record', '=', id)
    .where('version', '<=', ticket.version)
    .orderBy('version')
    .execute();
  const events = rows.map(recordedOf);
  const staff = canReadAsStaff(actor, ticket);
  return {
    ticket: asSeenBy(actor, ticket),
    events: staff ? events : events.filter(({ event }) => audienceOf(event) === 'public'),
  };
}

/** Finds a record by its id, its number or the token it had before there was a number. */
export async function findRecord(
  db: Kysely<Database>,
  actor: Actor,
  reference: string,
): Promise<readonly Ticket[]> {
  const wanted = reference.trim().toUpperCase();
  const rows = await db
    .selectFrom('record')
    .select('data')
    .where(readable(actor))
    .where((record) =>
      record.or([
        record('number', '=', wanted),
        record('id', '=', wanted),
        record('id', 'in', record.selectFrom('alias').select('record').where('token', '=', wanted)),
      ]),
    )
    .orderBy('updated_at', 'desc')
    .limit(10)
    .execute();
  return rows.map((row) => asSeenBy(actor, ticketOf(row)));
}

/** Whether there is a record of this id, a change among them, that the actor reads as staff. */
export async function mayReadAsStaff(db: Kysely<Database>, actor: Actor, id: RecordId): Promise<boolean> {
  const row = await db
    .selectFrom('record')
    .select('id')
    .where('id', '=', id)
    .where(readableAsStaff(actor))
    .executeTakeFirst();
  if (row !== undefined) return true;
  if (!canReadChanges(actor)) return false;
  const change = await db.selectFrom('change').select('id').where('id', '=', id).executeTakeFirst();
  if (change !== undefined) return true;
  const meeting = await db.selectFrom('change_meeting').select('id').where('id', '=', id).executeTakeFirst();
  return meeting !== undefined;
}
