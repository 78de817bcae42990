import type { Release } from '../release/index.ts';
import type { ChangeFact } from './what-changed.ts';

/** As much of a release as is looked at. */
export type MadeRelease = Pick<
  Release,
  'id' | 'title' | 'services' | 'deployingAt' | 'hypercareAt' | 'endedAt'
>;

/** Releases as far as they were begun to be carried out: what touched their services, from then until it was watched. */
export function releasesMade(releases: Iterable<MadeRelease>): readonly ChangeFact[] {
  const facts: ChangeFact[] = [];
  for (const { id, title, services, deployingAt: from, hypercareAt, endedAt } of releases) {
    if (from === null) continue;
    facts.push({
      id,
      kind: 'release',
      title,
      record: id,
      from,
      to: hypercareAt ?? endedAt,
      touched: services,
    });
  }
  return facts;
}
