import type { Instant } from '../shared/index.ts';
import { CHANGED_WITHIN_MS } from './around-items.ts';
import type { Around, ItemAround } from './around-items.ts';
import { releasesMade } from './releases-made.ts';
import type { MadeRelease } from './releases-made.ts';

export interface ReleaseAround<Row> extends ItemAround {
  readonly release: Row;
  /** When it began to be carried out. */
  readonly from: Instant;
  /** Null while it goes on. */
  readonly to: Instant | null;
}

/**
 * Releases that went to one of these services and go on or were watched within a week, the nearest first and then the
 * newest. Of several services that one went to the nearest counts.
 */
export function releasesAround<Row extends MadeRelease>(
  { items, joined }: Around,
  releases: Iterable<Row>,
  now: Instant,
): readonly ReleaseAround<Row>[] {
  const order = new Map(items.map(({ item }, at) => [item, at]));
  const found: (ReleaseAround<Row> & { readonly order: number })[] = [];
  for (const release of releases) {
    const [made] = releasesMade([release]);
    if (made === undefined || (made.to ?? now) < now - CHANGED_WITHIN_MS) continue;
    const at = Math.min(...release.services.map((id) => order.get(joined.get(id) ?? id) ?? Infinity));
    const nearest = items[at];
    if (nearest !== undefined) found.push({ release, ...nearest, from: made.from, to: made.to, order: at });
  }
  return found.toSorted((a, b) => a.order - b.order || b.from - a.from).map(({ order: _, ...each }) => each);
}
