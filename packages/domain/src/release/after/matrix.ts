/** Which version of what stands where, and since when: release by environment (A6 row 9). */
import type { Instant, RecordId, ServiceId } from '../../shared/index.ts';
import type { DeploymentFact } from './deployment.ts';

export interface MatrixCell {
  readonly service: ServiceId;
  readonly version: string;
  readonly since: Instant;
  /** Whether it still stands there: nothing was deployed over it. */
  readonly isCurrent: boolean;
}

export interface MatrixRow {
  /** Null for what was deployed outside any release. */
  readonly release: RecordId | null;
  /** By environment, one cell for each service of the release that reached it. */
  readonly cells: ReadonlyMap<string, readonly MatrixCell[]>;
}

export interface DeploymentMatrix {
  /** As they were first deployed to. */
  readonly environments: readonly string[];
  /** The release that was deployed last comes first. */
  readonly rows: readonly MatrixRow[];
}

/** Only what succeeded stands anywhere; what was rolled back gives way to what stood before. */
export function deploymentMatrix(deployments: readonly DeploymentFact[]): DeploymentMatrix {
  const succeeded = deployments
    .filter(({ outcome }) => outcome === 'succeeded')
    .toSorted((one, other) => endOf(one) - endOf(other) || (one.id < other.id ? -1 : 1));
  const current = new Map(succeeded.map((each) => [`${each.environment}\n${each.service}`, each.id]));
  const newestFirst = succeeded.toReversed();
  const releases = [...new Set(newestFirst.map(({ release }) => release))];
  return {
    environments: [...new Set(succeeded.map(({ environment }) => environment))],
    rows: releases.map((release) => {
      const cells = new Map<string, MatrixCell[]>();
      for (const each of newestFirst.filter((one) => one.release === release)) {
        const there = cells.get(each.environment) ?? [];
        if (there.some(({ service }) => service === each.service)) continue;
        const { service, version } = each;
        const isCurrent = current.get(`${each.environment}\n${service}`) === each.id;
        cells.set(each.environment, [...there, { service, version, since: endOf(each), isCurrent }]);
      }
      return { release, cells };
    }),
  };
}

function endOf({ at, finishedAt }: DeploymentFact): Instant {
  return finishedAt ?? at;
}
