/** What decisions about problems look at of other processes, read as far as an act needs it. */
import { canReadChanges } from '@muster/domain/change';
import { canReadConfiguration } from '@muster/domain/configuration';
import type { FactsNeeded, ProblemFacts } from '@muster/domain/problem';
import { canRead, isRestricted, recordId, serviceId } from '@muster/domain/shared';
import type { Actor, Directory, RecordId, Ticket } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { itemStandings } from '../../store/record-items.ts';
import type { Database } from '../../store/schema.ts';
import { ticketOf } from '../records.ts';

const OPEN: ReadonlySet<string> = new Set(['new', 'in_progress', 'on_hold']);

export async function problemFacts(
  db: Kysely<Database>,
  { services }: Pick<Directory, 'services'>,
  needed: FactsNeeded,
  actor: Actor,
): Promise<ProblemFacts> {
  const tickets = await incidentsOf(db, [...needed.incidents, ...needed.linked]);
  const changes = canReadChanges(actor) ? await changesThere(db, needed.changes) : new Set<string>();
  // what its author may not read is not there
  const items = canReadConfiguration(actor) ? needed.items : [];
  const standingOf = await itemStandings(db, items.map(recordId));
  const mayRead = (id: RecordId): boolean => {
    const incident = tickets.get(id);
    return incident !== undefined && canRead(actor, incident);
  };
  return {
    mayRead,
    mayName: (id) => {
      const incident = tickets.get(id);
      // every reader of problems will see that it is there
      return incident !== undefined && mayRead(id) && !isRestricted(incident);
    },
    isOpen: (id) => OPEN.has(tickets.get(id)?.state ?? ''),
    hasChange: (id) => changes.has(id),
    hasItem: (item) => services.has(serviceId(item)) || standingOf(recordId(item)) !== null,
  };
}

/** Those of these records that are incidents. */
export async function incidentsOf(
  db: Kysely<Database>,
  ids: readonly RecordId[],
): Promise<ReadonlyMap<RecordId, Ticket>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ data: string }>`
    select data from record
    where process = 'incident' and id in (select value from json_each(${JSON.stringify(ids)}))
  `.execute(db);
  return new Map(rows.map(ticketOf).map((ticket) => [ticket.id, ticket]));
}

async function changesThere(db: Kysely<Database>, ids: readonly RecordId[]): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db.selectFrom('change').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map(({ id }) => id));
}
