/** Moments of the configuration by name. What stood then is in the history: nothing is copied. */
import { personId, recordId } from '@muster/domain/shared';
import type { Instant, PersonId, RecordId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { ConfigurationBaselineTable } from './schema-configuration.ts';
import type { Database } from './schema.ts';

export interface Baseline {
  readonly id: RecordId;
  readonly name: string;
  readonly note: string;
  /** The moment that it names. */
  readonly at: Instant;
  /** The item that it is about, with its neighbours; null for all. */
  readonly scope: RecordId | null;
  readonly by: PersonId;
  readonly madeAt: Instant;
}

/** As many as are kept at once. */
export const MOST_BASELINES = 500;

function baselineOf(row: Selectable<ConfigurationBaselineTable>): Baseline {
  return {
    ...{ id: recordId(row.id), name: row.name, note: row.note, at: row.at },
    scope: row.scope === null ? null : recordId(row.scope),
    ...{ by: personId(row.made_by), madeAt: row.made_at },
  };
}

/** Those that stand, the latest moment first. */
export async function listBaselines(db: Kysely<Database>): Promise<readonly Baseline[]> {
  const rows = await db
    .selectFrom('configuration_baseline')
    .selectAll()
    .where('removed_at', 'is', null)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .execute();
  return rows.map(baselineOf);
}

export async function findBaseline(db: Kysely<Database>, id: string): Promise<Baseline | null> {
  const row = await db
    .selectFrom('configuration_baseline')
    .selectAll()
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return row === undefined ? null : baselineOf(row);
}

/** Whether there was room for it. */
export async function insertBaseline(db: Kysely<Database>, baseline: Baseline): Promise<boolean> {
  const { id, name, note, at, scope, by, madeAt } = baseline;
  const { rows } = await sql`
    insert into configuration_baseline (id, name, note, at, scope, made_by, made_at)
    select ${id}, ${name}, ${note}, ${at}, ${scope}, ${by}, ${madeAt}
     where (select count(*) from configuration_baseline where removed_at is null) < ${MOST_BASELINES}
    returning id`.execute(db);
  return rows.length > 0;
}

/** Whether it stood until now. */
export async function removeBaseline(
  db: Kysely<Database>,
  id: string,
  by: PersonId,
  now: Instant,
): Promise<boolean> {
  const done = await db
    .updateTable('configuration_baseline')
    .set({ removed_by: by, removed_at: now })
    .where('id', '=', id)
    .where('removed_at', 'is', null)
    .executeTakeFirst();
  return done.numUpdatedRows > 0n;
}
