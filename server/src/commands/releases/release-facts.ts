/** What decisions about releases look at of other processes, read as far as an act needs it. */
import { canReadChanges } from '@muster/domain/change';
import type { Change } from '@muster/domain/change';
import { changeInRelease } from '@muster/domain/flows';
import type { FactsNeeded, IncidentFact, ReleaseFacts } from '@muster/domain/release';
import { isRestricted, recordId } from '@muster/domain/shared';
import type { Actor, RecordId, Ticket } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { changeOf } from '../../store/changes.ts';
import type { Database } from '../../store/schema.ts';
import type { MapDesk } from '../../store/store.ts';
import { ticketOf } from '../records.ts';

/** Facts of the changes and incidents that are needed; what the actor may not read is left out. */
export async function releaseFacts(
  db: Kysely<Database>,
  map: Pick<MapDesk, 'servicesOf'>,
  needed: FactsNeeded,
  actor: Actor,
): Promise<ReleaseFacts> {
  const changes = canReadChanges(actor) ? await changesOf(db, needed.changes) : new Map<RecordId, Change>();
  const incidents = new Map<RecordId, IncidentFact>();
  for (const id of needed.incidents) {
    const row = await db.selectFrom('record').select('data').where('id', '=', id).executeTakeFirst();
    const fact = row === undefined ? null : incidentFact(ticketOf(row));
    if (fact !== null) incidents.set(recordId(id), fact);
  }
  const all = [...changes.values()];
  const services = all.length === 0 ? [] : await map.servicesOf(all.map(({ items }) => items));
  const facts = all.map((change, at) => [change.id, changeInRelease(change, services[at] ?? [])] as const);
  return { changes: new Map(facts), incidents };
}

/** An incident as a release that is watched sees it; one that few may read is nobody else's business. */
export function incidentFact(ticket: Ticket): IncidentFact | null {
  if (ticket.process !== 'incident' || isRestricted(ticket) || ticket.service === null) return null;
  return { id: ticket.id, openedAt: ticket.createdAt, items: [ticket.service] };
}

/** Those of these changes that there are. */
export async function changesOf(
  db: Kysely<Database>,
  ids: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, Change>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ data: string }>`
    select data from change where id in (select value from json_each(${JSON.stringify(ids)}))
  `.execute(db);
  return new Map(rows.map(changeOf).map((change) => [change.id, change]));
}
