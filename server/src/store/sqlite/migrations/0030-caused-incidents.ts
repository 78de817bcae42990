import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Migration } from 'kysely/migration';

/**
 * Which changes named which incident, for when it becomes restricted. The ids that an event `incident-hidden` took out
 * of changes come back to the store: what is shown is made without them, and one that is named again is known.
 */
const STATEMENTS = [
  `create table caused_incident (
    incident text not null,
    change integer not null,
    primary key (incident, change)
  ) strict, without rowid`,
  `create index caused_incident_of_change on caused_incident (change)`,
  `insert into caused_incident (incident, change)
   select distinct event.data ->> '$.incident', change.key from change join event on event.record = change.id
   where event.type = 'incident-caused'`,
] as const;

interface Naming {
  readonly type: string;
  readonly data: string;
  readonly at: number;
}

export const causedIncidents: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    for (const statement of STATEMENTS) await sql.raw(statement).execute(db);
    const { rows } = await sql<{ key: number; id: string; data: string }>`
      select key, id, data from change
      where exists (select 1 from event where record = change.id and type = 'incident-hidden')
    `.execute(db);
    for (const { key, id, data } of rows) {
      const { rows: events } = await sql<Naming>`
        select type, data, at from event where record = ${id} and type <> 'incident-hidden' order by version
      `.execute(db);
      const caused = events.reduce(fold, []);
      const updatedAt = events.at(-1)?.at ?? 0;
      const restored = JSON.stringify({ ...(JSON.parse(data) as object), caused, updatedAt });
      await sql`update change set data = ${restored}, updated_at = ${updatedAt} where key = ${key}`.execute(
        db,
      );
    }
  },
};

interface Caused {
  readonly incident: string;
  readonly priority: number;
}

function fold(caused: readonly Caused[], { type, data }: Naming): readonly Caused[] {
  if (type !== 'incident-caused' && type !== 'incident-not-caused') return caused;
  const { incident, priority } = JSON.parse(data) as Caused;
  const others = caused.filter((each) => each.incident !== incident);
  return type === 'incident-caused' ? [...others, { incident, priority }] : others;
}
