import type { Directory } from '@muster/domain/shared';
import type { FilterRow } from '../filter/index.ts';

export const SORT_KEYS = [
  'priority',
  'clock',
  'number',
  'title',
  'requester',
  'state',
  'team',
  'owner',
  'updated',
  'created',
] as const;

export type SortKey = (typeof SORT_KEYS)[number];

export interface Sorting {
  readonly key: SortKey;
  readonly descending: boolean;
}

export const DEFAULT_SORTING: Sorting = { key: 'priority', descending: false };

export interface SortWorld {
  readonly directory: Directory;
  /** States in the order of work. */
  readonly states: readonly string[];
  /** Epoch ms at which the service level is broken, null when no clock runs. */
  readonly dueAt: (row: FilterRow) => number | null;
}

/**
 * Sorts by a column, then by age and id, so that the order is total and the same on every device.
 * Rows without a value come last in both directions.
 */
export function sortRows<Row extends FilterRow>(
  rows: readonly Row[],
  sorting: Sorting,
  world: SortWorld,
): Row[] {
  const keyOf = keyReader(sorting.key, world);
  const direction = sorting.descending ? -1 : 1;
  return rows
    .map((row) => ({ row, key: keyOf(row) }))
    .sort((a, b) => {
      if (a.key !== b.key) {
        if (a.key === null) return 1;
        if (b.key === null) return -1;
        const order = compareKeys(a.key, b.key);
        if (order !== 0) return order * direction;
      }
      return a.row.createdAt - b.row.createdAt || (a.row.id < b.row.id ? -1 : 1);
    })
    .map(({ row }) => row);
}

type Key = string | number | null;

function compareKeys(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return collator.compare(String(a), String(b));
}

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

function keyReader(key: SortKey, { directory, states, dueAt }: SortWorld): (row: FilterRow) => Key {
  switch (key) {
    case 'priority':
      return (row) => row.priority;
    case 'clock':
      return dueAt;
    case 'number':
      return (row) => row.number;
    case 'title':
      return (row) => row.title;
    case 'requester':
      return (row) => directory.people.get(row.requester)?.name ?? null;
    case 'state':
      return (row) => states.indexOf(row.state);
    case 'team':
      return (row) => (row.team === null ? null : (directory.teams.get(row.team)?.name ?? null));
    case 'owner':
      return (row) => (row.owner === null ? null : (directory.people.get(row.owner)?.name ?? null));
    case 'updated':
      return (row) => row.updatedAt;
    case 'created':
      return (row) => row.createdAt;
  }
}
