/** The four measures of DORA by week, from deployments and the outages that they caused (A6 row 13). */
import type { Instant } from '../../shared/index.ts';
import type { CausedIncident, DeploymentFact } from './deployment.ts';

export interface DoraWeek<Week> {
  readonly week: Week;
  /** Deployments that ended in it, failed ones too: how often. */
  readonly deployments: number;
  /** Of these, the part that failed, was rolled back or caused an incident, 0 to 1; null without any. */
  readonly changeFailureRate: number | null;
  /** Median from commit to the end of a deployment that succeeded, in ms; null where nobody said. */
  readonly leadTimeMs: number | null;
  /** Median of the incidents that its deployments caused and that are over, in ms. */
  readonly restoreMs: number | null;
}

/**
 * One line for each week with deployments, oldest first. `weekOf` names the week of an instant, in the zone of whoever
 * reads. What is still running counts nowhere; which environment counts is for the caller to choose.
 */
export function doraByWeek<Week extends string | number>(
  deployments: readonly DeploymentFact[],
  incidents: readonly CausedIncident[],
  weekOf: (at: Instant) => Week,
): readonly DoraWeek<Week>[] {
  const caused = Map.groupBy(incidents, ({ deployment }) => deployment);
  const ended = deployments.filter(({ outcome }) => outcome !== 'running');
  return [...Map.groupBy(ended, (each) => weekOf(endOf(each)))]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([week, those]) => {
      const failed = those.filter(({ id, outcome }) => outcome !== 'succeeded' || caused.has(id)).length;
      const leads = those.flatMap((each) =>
        each.outcome === 'succeeded' && each.committedAt !== null ? [endOf(each) - each.committedAt] : [],
      );
      const restores = those
        .flatMap(({ id }) => caused.get(id) ?? [])
        .flatMap(({ openedAt, restoredAt }) => (restoredAt === null ? [] : [restoredAt - openedAt]));
      return {
        week,
        deployments: those.length,
        changeFailureRate: failed / those.length,
        leadTimeMs: medianOf(leads),
        restoreMs: medianOf(restores),
      };
    });
}

/** The middle one, or between the two in the middle; never below none at all. */
function medianOf(durations: readonly number[]): number | null {
  const sorted = durations.map((each) => Math.max(0, each)).toSorted((one, other) => one - other);
  const half = sorted.length >> 1;
  const upper = sorted[half];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}

function endOf({ at, finishedAt }: DeploymentFact): Instant {
  return finishedAt ?? at;
}
