import { isOverChange, isUndecided } from '@muster/domain/change';
import type { ChangeState, RiskLevel } from '@muster/domain/change';
import type { PersonId, TeamId } from '@muster/domain/shared';
import type { ChangeRow } from '#lib/live/change/live-changes.ts';

/** What the list shows of all changes: one of these at a time. */
export const CHANGE_VIEWS = ['open', 'vote', 'mine', 'soon', 'over'] as const;

export type ChangeView = (typeof CHANGE_VIEWS)[number];

/** Whose changes: the reader’s own, or those of a team that they are in. */
export const CHANGE_OWNERS = ['me', 'team'] as const;

/** Empty stands for all. */
export interface ChangeFilter {
  readonly view: ChangeView;
  readonly words: string;
  readonly state: ChangeState | '';
  readonly owner: (typeof CHANGE_OWNERS)[number] | '';
  readonly model: string;
  readonly risk: RiskLevel | '';
  readonly service: string;
  readonly team: string;
}

export const ALL_OPEN: ChangeFilter = {
  view: 'open',
  words: '',
  state: '',
  owner: '',
  model: '',
  risk: '',
  service: '',
  team: '',
};

/** Who reads the list. */
export interface Reader {
  readonly id: PersonId;
  readonly teams: readonly TeamId[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
const SOON_MS = 14 * DAY_MS;

/** Whether somebody's vote is waited for. */
export function waitsForVote(change: ChangeRow, person: PersonId): boolean {
  return (
    change.held === null &&
    isUndecided(change) &&
    change.approvals.some(
      (each) => each.person === person && each.state === 'requested' && each.revision === change.revision,
    )
  );
}

export function isInView(change: ChangeRow, view: ChangeView, me: PersonId, now: number): boolean {
  const isOver = isOverChange(change);
  switch (view) {
    case 'open':
      return !isOver;
    case 'vote':
      return !isOver && waitsForVote(change, me);
    case 'mine':
      return !isOver && (change.owner === me || change.madeBy === me || hasTask(change, me));
    case 'soon':
      return !isOver && change.begins !== null && (change.ends ?? 0) >= now && change.begins <= now + SOON_MS;
    case 'over':
      return isOver;
  }
}

/** The changes of a filter: what waits for the reader's vote first, then by their windows; what is over by its end. */
export function filtered(
  changes: readonly ChangeRow[],
  filter: ChangeFilter,
  { id: me, teams }: Reader,
  now: number,
): readonly ChangeRow[] {
  const words = filter.words.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const found = changes.filter(
    (change) =>
      isInView(change, filter.view, me, now) &&
      (filter.state === '' || change.state === filter.state) &&
      (filter.owner !== 'me' || change.owner === me) &&
      (filter.owner !== 'team' || (change.team !== null && teams.includes(change.team))) &&
      (filter.model === '' || change.model === filter.model) &&
      (filter.risk === '' || change.risk?.level === filter.risk) &&
      (filter.service === '' || change.items.some((item) => item === filter.service)) &&
      (filter.team === '' || change.team === filter.team) &&
      words.every((word) =>
        `${change.title} ${change.number ?? ''} ${change.token}`.toLowerCase().includes(word),
      ),
  );
  if (filter.view === 'over')
    return found.toSorted((a, b) => (b.closedAt ?? b.updatedAt) - (a.closedAt ?? a.updatedAt) || byId(a, b));
  const rank = (change: ChangeRow) => (waitsForVote(change, me) ? 0 : 1);
  return found.toSorted(
    (a, b) => rank(a) - rank(b) || (a.begins ?? Infinity) - (b.begins ?? Infinity) || byId(a, b),
  );
}

function hasTask({ tasks }: ChangeRow, me: PersonId): boolean {
  return tasks.some(({ owner, state }) => owner === me && (state === 'pending' || state === 'in_progress'));
}

function byId(a: ChangeRow, b: ChangeRow): number {
  return a.id < b.id ? -1 : 1;
}
