/** Which changes have ever named which incident as caused: their histories go on naming those that were taken out. */
import type { ChangeEvent } from '@muster/domain/change';
import type { RecordId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** The incidents that events name, each once. */
export function incidentsNamed(events: readonly ChangeEvent[]): readonly RecordId[] {
  return [
    ...new Set(events.flatMap((event) => (event.type === 'incident-caused' ? (event.incident ?? []) : []))),
  ];
}

/** Keeps what is looked up in step with a change's events; `key` is that of its row. */
export async function keepCaused(
  db: Kysely<Database>,
  key: number,
  events: readonly ChangeEvent[],
): Promise<void> {
  const named = incidentsNamed(events).map((incident) => ({ incident, change: key }));
  if (named.length === 0) return;
  await db
    .insertInto('caused_incident')
    .values(named)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
