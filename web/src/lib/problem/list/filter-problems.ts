import { isOverProblem } from '@muster/domain/problem';
import type { PersonId } from '@muster/domain/shared';
import type { ProblemRow } from '#lib/live/problem/live-problems.ts';

export const SHOWN = ['open', 'mine', 'known', 'all'] as const;
export type Shown = (typeof SHOWN)[number];

export const SHOWN_WORDS: Readonly<Record<Shown, string>> = {
  open: 'Worked on',
  mine: 'Mine',
  known: 'Known errors',
  all: 'All',
};

export interface ProblemChoice {
  readonly shown: Shown;
  readonly service: string;
  readonly words: string;
}

/** The problems that fit, the most urgent first, and of these the one that moved last. */
export function filterProblems(
  rows: readonly ProblemRow[],
  { shown, service, words }: ProblemChoice,
  me: PersonId,
): readonly ProblemRow[] {
  const wanted = words
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  return rows
    .filter((row) => isShown(row, shown, me) && (service === '' || row.service === service))
    .filter((row) => {
      const { number, token, title, workaround, fix, factors } = row;
      const told = [number ?? '', token, title, workaround, fix, ...factors.map(({ text }) => text)];
      const text = told.join(' ').toLowerCase();
      return wanted.every((word) => text.includes(word));
    })
    .toSorted((one, other) => one.priority - other.priority || other.updatedAt - one.updatedAt);
}

function isShown(row: ProblemRow, shown: Shown, me: PersonId): boolean {
  switch (shown) {
    case 'open':
      return !isOverProblem(row);
    case 'mine':
      return (
        !isOverProblem(row) &&
        (row.owner === me || row.tasks.some(({ assignee, state }) => state === 'open' && assignee === me))
      );
    case 'known':
      return row.knownError;
    case 'all':
      return true;
  }
}
