import type { Conflict } from '@muster/domain/change';
import type { ChangeRow } from '#lib/live/change/live-changes.ts';

export interface ShownConflict {
  readonly key: string;
  /** Number and title of the change that has it. */
  readonly title: string;
  readonly conflict: Conflict;
}

/** Of changes that are shown, each conflict once, at most one more than `most`: no more are looked for than are told. */
export function conflictsAmong(
  changes: readonly ChangeRow[],
  conflictsOf: (change: ChangeRow) => readonly Conflict[],
  most: number,
): readonly ShownConflict[] {
  const found = new Map<string, ShownConflict>();
  for (const change of changes)
    for (const conflict of conflictsOf(change)) {
      const pair = [change.id, conflict.change ?? conflict.key].toSorted().join(' ');
      const key = `${conflict.kind} ${pair}`;
      const title = `${change.number ?? change.token} ${change.title}`;
      if (!found.has(key)) found.set(key, { key, title, conflict: { ...conflict, key } });
      if (found.size > most) return [...found.values()];
    }
  return [...found.values()];
}
