import type { SortKey } from './sorting.ts';

export type ColumnKey =
  'mark' | 'number' | 'title' | 'requester' | 'clock' | 'priority' | 'state' | 'team' | 'owner' | 'updated';

export interface Column {
  readonly key: ColumnKey;
  readonly label: string;
  /** CSS track. */
  readonly track: string;
  /** The track in a list that is not wide, where the cell shows a sign instead of words. */
  readonly tight?: string;
  readonly sort: SortKey | null;
  /** Width of the list in px from which the column has room. */
  readonly from: number;
}

const COLUMNS: readonly Column[] = [
  { key: 'mark', label: 'Chosen', track: '2.25rem', sort: null, from: 0 },
  { key: 'number', label: 'Number', track: '7.75rem', tight: '7rem', sort: 'number', from: 0 },
  { key: 'title', label: 'Title', track: 'minmax(12rem, 1fr)', sort: 'title', from: 0 },
  { key: 'requester', label: 'Requester', track: '8rem', sort: 'requester', from: 1140 },
  { key: 'priority', label: 'Priority', track: '6.25rem', tight: '4rem', sort: 'priority', from: 0 },
  { key: 'clock', label: 'Due', track: '7rem', tight: '6.5rem', sort: 'clock', from: 0 },
  { key: 'state', label: 'State', track: '8rem', tight: '6.25rem', sort: 'state', from: 0 },
  { key: 'team', label: 'Team', track: '8rem', sort: 'team', from: 1320 },
  { key: 'owner', label: 'Owner', track: '8rem', tight: '2.75rem', sort: 'owner', from: 820 },
  { key: 'updated', label: 'Updated', track: '4rem', sort: 'updated', from: 820 },
];

/** Below this width of the list, in px, some cells show signs instead of words. */
export const TIGHT_BELOW = 1100;

/** Below this width, rows are cards of two lines. */
export const CARD_BELOW = 720;

export function columnsFor(width: number): readonly Column[] {
  return COLUMNS.filter((column) => width >= column.from);
}

export const DENSITIES = ['comfortable', 'compact'] as const;
export type Density = (typeof DENSITIES)[number];

/** Height of every row in px, fixed so that 20,000 rows need no measuring. */
export function rowHeight(density: Density, asCards: boolean): number {
  if (asCards) return density === 'compact' ? 54 : 64;
  return density === 'compact' ? 32 : 40;
}

export const GROUP_HEAD_HEIGHT = 36;
