/** Deliveries that met trouble, as an administrator reads them. */
import { canReadAsStaff } from '@muster/domain/shared';
import type { Actor, PersonId, RecordId } from '@muster/domain/shared';
import { personId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { ticketOf } from '../commands/records.ts';
import type { DeliveryChannel } from '../store/schema-channels.ts';
import type { Database } from '../store/schema.ts';

export interface TroubledDelivery {
  readonly id: number;
  readonly channel: DeliveryChannel;
  /** Failed for good, or waiting for its next attempt. */
  readonly state: 'failed' | 'waiting';
  /** Null for somebody without an account. */
  readonly person: PersonId | null;
  readonly personName: string;
  readonly kind: string;
  /** Null for news about none, and where the reader may not know of the record. */
  readonly record: { readonly id: RecordId; readonly number: string | null } | null;
  readonly attempts: number;
  readonly reason: string;
  /** When it failed; for one that waits, when it is tried next. */
  readonly at: number;
}

const MOST = 100;

/** The newest first, at most a hundred. Records that the reader may not see as staff are not told. */
export async function troubledDeliveries(
  db: Kysely<Database>,
  reader: Actor,
): Promise<readonly TroubledDelivery[]> {
  const rows = await db
    .selectFrom('delivery')
    .leftJoin('inbox_item', 'inbox_item.id', 'delivery.item')
    .leftJoin('person', 'person.id', 'delivery.person')
    .leftJoin('record', 'record.id', 'inbox_item.record')
    .select([
      'delivery.id',
      'delivery.channel',
      'delivery.state',
      'delivery.person',
      'delivery.attempts',
      'delivery.reason',
    ])
    .select(['delivery.ended_at', 'delivery.next_at', 'inbox_item.kind', 'person.name', 'record.data'])
    .select(['delivery.subscriber', 'delivery.notice'])
    .where('delivery.state', 'in', ['failed', 'queued', 'sending'])
    .where('delivery.reason', 'is not', null)
    .orderBy('delivery.id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    channel: row.channel,
    state: row.state === 'failed' ? 'failed' : 'waiting',
    person: row.subscriber === null ? personId(row.person) : null,
    personName: row.name ?? 'Somebody without an account',
    kind: row.kind ?? (row.notice === null ? 'confirmation' : 'announced'),
    record: row.data === null ? null : readableRecord(row.data, reader),
    attempts: row.attempts,
    reason: row.reason ?? '',
    at: row.ended_at ?? row.next_at,
  }));
}

function readableRecord(data: string, reader: Actor): TroubledDelivery['record'] {
  const ticket = ticketOf({ data });
  return canReadAsStaff(reader, ticket) ? { id: ticket.id, number: ticket.number } : null;
}
