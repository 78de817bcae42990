import type { CausedIncident } from '@muster/domain/release';
import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import { changeOf } from '../changes.ts';
import { deploymentOf } from '../deployments.ts';
import type { Deployment } from '../deployments.ts';
import type { DeploymentTable } from '../schema-releases.ts';
import type { Database } from '../schema.ts';
import { clampLimit, decodeCursor, encodeCursor } from './page.ts';
import type { Page } from './page.ts';

export interface DeploymentFilter {
  readonly service?: string;
  readonly environment?: string;
  readonly release?: string;
}

/** Deployments, the one that began last first. */
export async function listDeployments(
  db: Kysely<Database>,
  filter: DeploymentFilter,
  cursor: string | null,
  limit: number,
): Promise<Page<Deployment>> {
  const size = clampLimit(limit);
  const place = decodeCursor(cursor);
  let query = db
    .selectFrom('deployment')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1);
  for (const column of ['service', 'environment', 'release'] as const) {
    const value = filter[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  if (place !== null) query = query.where(sql<boolean>`(at, id) < (${place.updatedAt}, ${place.id})`);
  const rows = await query.execute();
  const items = rows.slice(0, size).map(deploymentOf);
  const last = items.at(-1);
  const hasMore = rows.length > size && last !== undefined;
  return { items, next: hasMore ? encodeCursor({ updatedAt: last.at, id: last.id }) : null };
}

/** How many releases the matrix tells of. */
const MATRIX_RELEASES = 60;
/** And how far back: what nobody has deployed to for longer says nothing of today. */
export const MATRIX_MS = 400 * 24 * 60 * 60 * 1000;

/** For each release, environment and service the last deployment that succeeded: all that the matrix shows. */
export async function deploymentsOfMatrix(db: Kysely<Database>, now: number): Promise<readonly Deployment[]> {
  const { rows } = await sql<Selectable<DeploymentTable>>`
    with ended as (
      select *, coalesce(finished_at, at) as ended_at from deployment
      where outcome = 'succeeded' and coalesce(finished_at, at) >= ${now - MATRIX_MS}
    ), last as (
      select *, row_number() over (
        partition by release, environment, service order by ended_at desc, id desc
      ) as place, max(ended_at) over (partition by release) as reached from ended
    )
    select * from last where place = 1
      and reached >= coalesce((
        select min(reached) from (
          select max(ended_at) as reached from ended group by release order by 1 desc limit ${MATRIX_RELEASES}
        )
      ), 0)
    order by ended_at
  `.execute(db);
  return rows.map(deploymentOf);
}

/** Deployments that ended in a stretch, and the incidents that their changes are held to have caused. */
export async function deploymentsMeasured(
  db: Kysely<Database>,
  { from, to, environment, service }: { from: number; to: number; environment?: string; service?: string },
): Promise<{ readonly deployments: readonly Deployment[]; readonly incidents: readonly CausedIncident[] }> {
  let query = db
    .selectFrom('deployment')
    .selectAll()
    .where('outcome', '!=', 'running')
    .where(sql<boolean>`coalesce(finished_at, at) >= ${from} and coalesce(finished_at, at) < ${to}`);
  if (environment !== undefined) query = query.where('environment', '=', environment);
  if (service !== undefined) query = query.where('service', '=', service);
  const deployments = (await query.execute()).map(deploymentOf);
  return { deployments, incidents: await causedBy(db, deployments) };
}

/** Of several deployments of one change the last before the incident is held to have caused it. */
async function causedBy(
  db: Kysely<Database>,
  deployments: readonly Deployment[],
): Promise<readonly CausedIncident[]> {
  const byChange = Map.groupBy(deployments, ({ change }) => change);
  const named = [...byChange.keys()].filter((id) => id !== null);
  if (named.length === 0) return [];
  const { rows } = await sql<{ data: string }>`
    select data from change where id in (select value from json_each(${JSON.stringify(named)}))
  `.execute(db);
  const caused = rows
    .map(changeOf)
    .flatMap(({ id, caused: those }) =>
      those.flatMap(({ incident }) => (incident === null ? [] : [{ change: id, incident }])),
    );
  // a restricted one counts; how long it took is for its readers
  const { rows: records } = await sql<{ id: string; created_at: number; resolved_at: number | null }>`
    select id, created_at,
      case when restricted_to is null and readers is null then resolved_at end as resolved_at
    from record
    where id in (select value from json_each(${JSON.stringify(caused.map(({ incident }) => incident))}))
  `.execute(db);
  const times = new Map(records.map((row) => [row.id, row]));
  return caused.flatMap(({ change, incident }) => {
    const record = times.get(incident);
    if (record === undefined) return [];
    const cause = lastBefore(byChange.get(change) ?? [], record.created_at);
    if (cause === null) return [];
    return [{ deployment: cause.id, openedAt: record.created_at, restoredAt: record.resolved_at }];
  });
}

function lastBefore(deployments: readonly Deployment[], at: number): Deployment | null {
  const inOrder = deployments.toSorted((one, other) => one.at - other.at);
  return inOrder.findLast((each) => each.at <= at) ?? null;
}
