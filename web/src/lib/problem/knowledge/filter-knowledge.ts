import { isDue, isOverKnowledge } from '@muster/domain/problem';
import type { KnowledgeKind } from '@muster/domain/problem';
import type { PersonId, RecordId } from '@muster/domain/shared';
import type { KnownErrorRow } from '#lib/live/knowledge/live-known-errors.ts';

export const SHOWN = ['use', 'writing', 'review', 'due', 'mine', 'over', 'all'] as const;
export type Shown = (typeof SHOWN)[number];

export const SHOWN_WORDS: Readonly<Record<Shown, string>> = {
  use: 'In use',
  writing: 'Being written',
  review: 'In review',
  due: 'Past its time',
  mine: 'Mine',
  over: 'Superseded or retired',
  all: 'All',
};

export interface KnowledgeFilter {
  readonly shown: Shown;
  readonly kind: KnowledgeKind | '';
  readonly service: string;
  readonly audience: string;
}

/** Found words keep their order, best first; otherwise what changed last comes first. */
export function filterKnowledge(
  rows: readonly KnownErrorRow[],
  filter: KnowledgeFilter,
  found: readonly RecordId[] | null,
  me: PersonId,
  now: number,
): readonly KnownErrorRow[] {
  const { shown, kind, service, audience } = filter;
  const places = found === null ? null : new Map(found.map((id, place) => [id, place]));
  return rows
    .filter(
      (row) =>
        isShown(row, shown, me, now) &&
        (kind === '' || row.kind === kind) &&
        (service === '' || row.service === service) &&
        (audience === '' || row.audience === audience) &&
        (places === null || places.has(row.id)),
    )
    .toSorted((a, b) => (places?.get(a.id) ?? 0) - (places?.get(b.id) ?? 0) || b.updatedAt - a.updatedAt);
}

function isShown(row: KnownErrorRow, shown: Shown, me: PersonId, now: number): boolean {
  switch (shown) {
    case 'use':
      return row.state === 'published';
    case 'writing':
      return row.draft === 'draft';
    case 'review':
      return row.draft === 'review';
    case 'due':
      return isDue(row, now);
    case 'mine':
      return row.owner === me || row.madeBy === me || row.reviewers.includes(me);
    case 'over':
      return isOverKnowledge(row);
    case 'all':
      return true;
  }
}
