/** Releases as they are kept. The commands `release.<verb>` write them. */
import { releaseDueAt } from '@muster/domain/release';
import type { Release } from '@muster/domain/release';
import { tokenOf } from '@muster/domain/shared';
import type { Selectable } from 'kysely';
import type { ReleaseTable, ReleaseTextTable } from './schema-releases.ts';

export function releaseOf({ data }: { readonly data: string }): Release {
  return JSON.parse(data) as Release;
}

/** How long a release that is over stays on the board. */
export const RELEASE_STAYS_MS = 365 * 24 * 60 * 60 * 1000;

export type ReleaseColumns = Omit<Selectable<ReleaseTable>, 'key' | 'id' | 'live'>;

/** The columns that lists and the clock need, of the whole release in `data`. */
export function releaseColumns(release: Release): ReleaseColumns {
  return {
    number: release.number,
    version: release.version,
    state: release.state,
    kind: release.kind,
    title: release.title,
    label: release.label,
    owner: release.owner,
    made_by: release.madeBy,
    begins_at: release.beginsAt,
    ends_at: release.endsAt,
    made_at: release.madeAt,
    updated_at: release.updatedAt,
    ended_at: release.endedAt,
    due_at: releaseDueAt(release),
    data: JSON.stringify(release),
  };
}

/** The words that a release is found by, beside those of its room. */
export function textOfRelease(release: Release): Omit<Selectable<ReleaseTextTable>, 'rowid' | 'room'> {
  const token = tokenOf('release', release.id);
  return {
    number: release.number === null ? token : `${release.number} ${token}`,
    title: `${release.title} ${release.label}`.trim(),
    steps: release.steps.map(({ title }) => title).join('\n'),
  };
}
