/** How bad alerts are, asked within the database: an incident may have thousands, of which few are listed. */
import { rankSeverities } from '@muster/domain/incident';
import type { AlertMapping } from '@muster/domain/incident';
import type { RecordId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely, RawBuilder } from 'kysely';
import type { Database } from '../store/schema.ts';

interface OfIntegration {
  readonly integration: string;
  readonly mapping: AlertMapping;
}

/** How those read labels whose alerts an incident has. */
export async function mappingsOf(db: Kysely<Database>, record: RecordId): Promise<readonly OfIntegration[]> {
  const rows = await db
    .selectFrom('alert_integration')
    .select(['id', 'mapping'])
    .where('id', 'in', db.selectFrom('alert').select('integration').where('record', '=', record))
    .execute();
  return rows.map(({ id, mapping }) => ({ integration: id, mapping: JSON.parse(mapping) as AlertMapping }));
}

/** Of a row of `alert`: the worst the lowest. */
export function severityRank(mappings: readonly OfIntegration[]): RawBuilder<number> {
  if (mappings.length === 0) return sql<number>`null`;
  const ranks = mappings.map(
    ({ integration, mapping }) => sql`when ${integration} then ${rankWithin(mapping)}`,
  );
  return sql<number>`case alert.integration ${sql.join(ranks, sql` `)} end`;
}

function rankWithin(mapping: AlertMapping): RawBuilder<number> {
  const { named, others } = rankSeverities(mapping);
  if (named.length === 0) return sql<number>`${others}`;
  const ranks = named.map(([severity, rank]) => sql`when ${severity} then ${rank}`);
  const said = sql`(select value from json_each(alert.labels) where key = ${mapping.severityLabel})`;
  return sql<number>`case ${said} ${sql.join(ranks, sql` `)} else ${others} end`;
}
