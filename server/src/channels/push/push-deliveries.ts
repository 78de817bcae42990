/** What is due to devices, apart by the push services that take it. */
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Database } from '../../store/schema.ts';
import type { Delivery } from '../deliveries.ts';

/** Empty for devices that are no more: nothing is asked of any push service for them. */
const ORIGIN = sql<string>`coalesce(push_device.origin, '')`;

/** The origins of push services for which something is due. */
export async function dueOrigins(db: Kysely<Database>, now: number): Promise<readonly string[]> {
  const rows = await due(db, now).select(ORIGIN.as('origin')).distinct().execute();
  return rows.map(({ origin }) => origin);
}

/** What is due at one of them: what calls to work first, and of the same rank what waits longest. */
export function dueDeliveriesAt(
  db: Kysely<Database>,
  origin: string,
  now: number,
  most: number,
): Promise<Delivery[]> {
  return due(db, now)
    .selectAll('delivery')
    .where(ORIGIN, '=', origin)
    .orderBy('delivery.rank')
    .orderBy('delivery.next_at')
    .orderBy('delivery.id')
    .limit(most)
    .execute();
}

function due(db: Kysely<Database>, now: number) {
  return db
    .selectFrom('delivery')
    .leftJoin('push_device', 'push_device.id', 'delivery.device')
    .where('delivery.channel', '=', 'push')
    .where('delivery.state', '=', 'queued')
    .where('delivery.next_at', '<=', now);
}
