import type { RecordId } from '@muster/domain/shared';
import type { Grouping, PlacedChange } from './shown-changes.ts';
import { groupsOf } from './shown-changes.ts';
import type { Span } from './span.ts';

const HOUR_MS = 3_600_000;

/**
 * How far the words of each bar of the timeline may go, in hours from where it is drawn: past a short bar, up to the
 * next change in any of its rows, or to the end of what is shown.
 *
 * @param shown Those that begin first at the front
 */
export function roomOf(
  shown: readonly PlacedChange[],
  by: Grouping,
  { from, to }: Span,
): ReadonlyMap<RecordId, number> {
  const room = new Map<RecordId, number>();
  const rows = Map.groupBy(
    shown.flatMap((each) => groupsOf(each, by).map((row) => ({ row, ...each }))),
    ({ row }) => row,
  );
  for (const inRow of rows.values())
    for (const { change, begins, ends } of inRow) {
      const next = inRow.find((other) => other.change.id !== change.id && other.begins >= ends);
      const free = (Math.min(next?.begins ?? to, to) - Math.max(begins, from)) / HOUR_MS;
      room.set(change.id, Math.min(room.get(change.id) ?? free, free));
    }
  return room;
}
