/** What went to a webhook and what it answered, as an administrator reads it. */
import { canReadAsStaff } from '@muster/domain/shared';
import type { Actor, RecordId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { ticketOf } from '../../commands/records.ts';
import type { DeliveryState } from '../../store/schema-channels.ts';
import type { Database } from '../../store/schema.ts';
import { OF_NO_RECORD } from './webhook-deliveries.ts';

export interface WebhookLogEntry {
  readonly id: number;
  readonly message: string;
  readonly type: string;
  /** Null where the reader may not know of the record. */
  readonly record: { readonly id: RecordId; readonly number: string | null } | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly madeAt: number;
  /** When it ended; for one that waits, when it is tried next. */
  readonly at: number;
  readonly status: number | null;
  /** How the last answer began; null too where the record may not be known, since answers repeat what came. */
  readonly answer: string | null;
  readonly reason: string | null;
}

const MOST = 100;

/** The newest first, at most a hundred. */
export async function readWebhookLog(
  db: Kysely<Database>,
  webhook: string,
  reader: Actor,
): Promise<readonly WebhookLogEntry[]> {
  const rows = await db
    .selectFrom('webhook_delivery')
    .leftJoin('record', 'record.id', 'webhook_delivery.record')
    .selectAll('webhook_delivery')
    .select('record.data')
    .where('webhook_delivery.webhook', '=', webhook)
    .orderBy('webhook_delivery.id', 'desc')
    .limit(MOST)
    .execute();
  return rows.map((row) => {
    const ticket = row.data === null ? null : ticketOf({ data: row.data });
    const record = ticket !== null && canReadAsStaff(reader, ticket) ? ticket : null;
    return {
      id: row.id,
      message: row.message,
      type: row.type,
      record: record === null ? null : { id: record.id, number: record.number },
      state: row.state,
      attempts: row.attempts,
      madeAt: row.made_at,
      at: row.ended_at ?? row.next_at,
      status: row.status,
      answer: record === null && row.record !== OF_NO_RECORD ? null : row.answer,
      reason: row.reason,
    };
  });
}
