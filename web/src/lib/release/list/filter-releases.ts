import type { ReleaseKind, ReleaseState } from '@muster/domain/release';
import type { PersonId } from '@muster/domain/shared';
import type { ReleaseRow } from '#lib/live/release/live-releases.ts';

export const SHOWN = ['open', 'night', 'mine', 'over', 'all'] as const;
export type Shown = (typeof SHOWN)[number];

export const SHOWN_WORDS: Readonly<Record<Shown, string>> = {
  open: 'Open',
  night: 'Being carried out',
  mine: 'Mine',
  over: 'Over',
  all: 'All',
};

export interface ReleaseFilter {
  readonly shown: Shown;
  readonly kind: ReleaseKind | '';
  readonly words: string;
}

const OVER: ReadonlySet<ReleaseState> = new Set(['completed', 'cancelled']);
const NIGHT: ReadonlySet<ReleaseState> = new Set(['go', 'deploying', 'rolling_back', 'hypercare']);

/** What is next comes first: by when it begins, without a date last; what is over by when it ended, newest first. */
export function filterReleases(
  rows: readonly ReleaseRow[],
  { shown, kind, words }: ReleaseFilter,
  me: PersonId,
): readonly ReleaseRow[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return rows
    .filter((row) => isShown(row, shown, me) && (kind === '' || row.kind === kind))
    .filter(({ number, token, title, label }) => {
      const text = `${number ?? ''} ${token} ${title} ${label}`.toLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .toSorted(
      (a, b) =>
        Number(OVER.has(a.state)) - Number(OVER.has(b.state)) ||
        (OVER.has(a.state) ? (b.endedAt ?? 0) - (a.endedAt ?? 0) : 0) ||
        (a.beginsAt ?? Infinity) - (b.beginsAt ?? Infinity) ||
        b.madeAt - a.madeAt,
    );
}

function isShown({ state, owner, leads, madeBy }: ReleaseRow, shown: Shown, me: PersonId): boolean {
  switch (shown) {
    case 'open':
      return !OVER.has(state);
    case 'night':
      return NIGHT.has(state);
    case 'mine':
      return owner === me || madeBy === me || leads.includes(me);
    case 'over':
      return OVER.has(state);
    case 'all':
      return true;
  }
}
