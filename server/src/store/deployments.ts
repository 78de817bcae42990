/** What pipelines report of deployments: each by the name that the pipeline has for it, once for each reporter. */
import type { DeploymentFact } from '@muster/domain/release';
import type { PersonId, RecordId, ServiceId } from '@muster/domain/shared';
import { recordId, serviceId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import { ulid } from 'ulid';
import type { DeploymentTable } from './schema-releases.ts';
import type { Database } from './schema.ts';

/** The set grows at its end. */
export const DEPLOYMENT_OUTCOMES = ['running', 'succeeded', 'failed', 'rolled_back'] as const;

export interface Deployment extends DeploymentFact {
  readonly external: string;
  readonly reporter: PersonId;
  readonly change: RecordId | null;
}

/** What a report says. What it leaves out stays as it was. */
export interface DeploymentReport {
  readonly external: string;
  readonly service: ServiceId;
  readonly environment: string;
  readonly version: string;
  readonly release: RecordId | null;
  readonly change: RecordId | null;
  readonly outcome: (typeof DEPLOYMENT_OUTCOMES)[number];
  readonly at: number | null;
  readonly finishedAt: number | null;
  readonly committedAt: number | null;
}

/**
 * Keeps a report, in one statement, so that two at once are as two after each other. One that comes again changes
 * nothing; that something began says nothing of what has ended already.
 *
 * @returns What is known now; null when the name belongs to a deployment of another service, environment or version
 */
export async function keepDeployment(
  writer: Kysely<Database>,
  report: DeploymentReport,
  reporter: PersonId,
  now: number,
): Promise<Deployment | null> {
  const { external, service, environment, version, release, change, outcome, committedAt } = report;
  const hasEnded = outcome !== 'running';
  const finishedAt = hasEnded ? (report.finishedAt ?? now) : null;
  const at = report.at ?? finishedAt ?? now;
  const row = await writer
    .insertInto('deployment')
    .values({
      ...{ id: ulid(now), external, reporter, service, environment, version, release, change, outcome },
      ...{ at, finished_at: finishedAt, committed_at: committedAt, updated_at: now },
    })
    .onConflict((conflict) =>
      conflict
        .columns(['reporter', 'external'])
        .doUpdateSet({
          outcome: sql`iif(excluded.outcome = 'running', deployment.outcome, excluded.outcome)`,
          release: sql`coalesce(excluded.release, deployment.release)`,
          change: sql`coalesce(excluded.change, deployment.change)`,
          at: report.at === null ? sql`deployment.at` : sql`excluded.at`,
          finished_at: sql`iif(deployment.outcome = excluded.outcome and deployment.finished_at is not null,
            coalesce(${report.finishedAt}, deployment.finished_at), coalesce(excluded.finished_at, deployment.finished_at))`,
          committed_at: sql`coalesce(excluded.committed_at, deployment.committed_at)`,
          updated_at: now,
        })
        .whereRef('deployment.service', '=', 'excluded.service')
        .whereRef('deployment.environment', '=', 'excluded.environment')
        .whereRef('deployment.version', '=', 'excluded.version'),
    )
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? null : deploymentOf(row);
}

export function deploymentOf(row: Selectable<DeploymentTable>): Deployment {
  return {
    id: row.id,
    external: row.external,
    reporter: row.reporter as PersonId,
    service: serviceId(row.service),
    environment: row.environment,
    version: row.version,
    release: row.release === null ? null : recordId(row.release),
    change: row.change === null ? null : recordId(row.change),
    outcome: row.outcome as Deployment['outcome'],
    at: row.at,
    finishedAt: row.finished_at,
    committedAt: row.committed_at,
  };
}
