import type { RecordId, Ticket } from '@muster/domain/shared';
import { ticketOf } from '../commands/records.ts';
import type { Store } from '../store/store.ts';

/** A record as it is on disk, for whoever asks in the name of the server; null when there is none. */
export async function findTicketIn(store: Store, id: RecordId): Promise<Ticket | null> {
  const row = await store.reader.selectFrom('record').select('data').where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : ticketOf(row);
}
