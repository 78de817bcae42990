import type { Change, ChangeEvent } from '@muster/domain/change';
import type { AroundChange } from '@muster/domain/flows';
import type { RecordId, Ticket, TicketProcess } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { Database } from '../../store/schema.ts';
import { announcementOf } from '../announcements.ts';
import { ticketOf } from '../records.ts';

export async function findIncident(db: Kysely<Database>, id: RecordId): Promise<Ticket | null> {
  const row = await db.selectFrom('record').select('data').where('id', '=', id).executeTakeFirst();
  return row === undefined ? null : ticketOf(row);
}

/** What may follow from an event of a change: its announcements and incidents, with the versions that commands say. */
export async function aroundChange(
  db: Kysely<Database>,
  { announcements, caused }: Change,
  event: ChangeEvent,
): Promise<AroundChange & { readonly versions: ReadonlyMap<RecordId, number> }> {
  const rows =
    announcements.length === 0
      ? []
      : await db.selectFrom('announcement').select('data').where('id', 'in', announcements).execute();
  const made = rows.map(announcementOf);
  const versions = new Map<RecordId, number>(made.map(({ id, version }) => [id, version]));
  const processes = new Map<RecordId, TicketProcess>();
  const named = 'incident' in event ? [event] : [];
  for (const id of new Set([...caused, ...named].flatMap(({ incident }) => incident ?? []))) {
    const ticket = await findIncident(db, id);
    if (ticket === null) continue;
    processes.set(id, ticket.process);
    versions.set(id, ticket.version);
  }
  return { announcements: made, processes, versions };
}
