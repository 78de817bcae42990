import type { Instant, RecordId } from '../shared/index.ts';

/** How far back the question goes: most incidents that a change caused show within a day (brief of issue 4). */
export const LOOK_BACK_MS = 24 * 60 * 60 * 1000;

/** Something that may have changed a service or an item: a change, a release, announced maintenance. */
export interface ChangeFact {
  readonly id: string;
  readonly kind: 'change' | 'release' | 'announcement';
  readonly title: string;
  /** The record to open; null where there is none. */
  readonly record: RecordId | null;
  /** When it took effect, or began to. */
  readonly from: Instant;
  /** When it was over; null while it goes on. */
  readonly to: Instant | null;
  /** Ids of the services and items that it touched. */
  readonly touched: readonly string[];
}

export interface RankedChange {
  readonly change: ChangeFact;
  /** Steps of dependency between what it touched and what is affected; 0 for the same. */
  readonly distance: number;
  /** What it touched at that distance. */
  readonly nearest: string;
}

/**
 * What changed near the affected services and items in the day before an incident began or since, nearest first and
 * then newest. `distanceOf` answers how many dependencies lie between what is affected and an id; null for none.
 */
export function whatChanged(
  changes: readonly ChangeFact[],
  incident: { readonly began: Instant; readonly now: Instant },
  distanceOf: (touched: string) => number | null,
): readonly RankedChange[] {
  return changes
    .filter(({ from, to }) => from <= incident.now && (to ?? incident.now) >= incident.began - LOOK_BACK_MS)
    .flatMap((change): readonly RankedChange[] => {
      const [nearest] = change.touched
        .flatMap((touched) => {
          const distance = distanceOf(touched);
          return distance === null ? [] : [{ distance, nearest: touched }];
        })
        .toSorted((a, b) => a.distance - b.distance);
      return nearest === undefined ? [] : [{ change, ...nearest }];
    })
    .toSorted((a, b) => a.distance - b.distance || b.change.from - a.change.from);
}
