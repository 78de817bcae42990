/** Conflicts in words, the same on the calendar and on the page of a change. */
import type { Conflict, ConflictKind, SlotAnswer } from '@muster/domain/change';

/** Names for what a conflict is about. */
export interface ConflictNames {
  /** Number and title. */
  change(id: string): string;
  window(id: string): string;
  item(id: string): string;
  /** A stretch of time as it reads on the calendar's clock. */
  stretch(from: number, to: number): string;
}

/** In a few words, for the ghost and for the head of a list. */
export const CONFLICT_TITLES: Readonly<Record<ConflictKind, string>> = {
  'same-item': 'Same service changed',
  'parent-item': 'What it depends on is changed',
  'child-item': 'What depends on it is changed',
  'item-outside': 'Outside its maintenance window',
  'parent-outside': 'Outside the window of what it depends on',
  'child-outside': 'Outside the window of what depends on it',
  'item-frozen': 'In a freeze',
  'parent-frozen': 'What it depends on is frozen',
  'child-frozen': 'What depends on it is frozen',
  'assignee-busy': 'Its owner is busy',
};

export function conflictTitle({ kind, hard }: Pick<Conflict, 'kind' | 'hard'>): string {
  return hard ? 'In a hard freeze' : kind === 'item-frozen' ? 'In a soft freeze' : CONFLICT_TITLES[kind];
}

/** What collides with what, and when. */
export function conflictWords(conflict: Conflict, names: ConflictNames): string {
  const { kind, from, to, change } = conflict;
  const items = conflict.items.map((each) => names.item(each)).join(', ');
  const windows = conflict.windows.map((each) => names.window(each)).join(', ');
  const when = names.stretch(from, to);
  const other = change === null ? '' : names.change(change);
  switch (kind) {
    case 'same-item':
      return `${other} changes ${items} too, ${when}.`;
    case 'parent-item':
      return `${other} changes ${items}, on which this depends, ${when}.`;
    case 'child-item':
      return `${other} changes ${items}, which depends on this, ${when}.`;
    case 'item-outside':
      return `${items} is to be changed in its maintenance windows: ${windows}.`;
    case 'parent-outside':
      return `${items}, on which this depends, has maintenance windows: ${windows}.`;
    case 'child-outside':
      return `${items}, which depends on this, has maintenance windows: ${windows}.`;
    case 'item-frozen':
      return conflict.hard
        ? `${windows}, ${when}. Nothing begins as long as it lasts.`
        : `${windows}, ${when}. Who manages changes may overrule it with a reason.`;
    case 'parent-frozen':
      return `${windows} freezes ${items}, on which this depends, ${when}.`;
    case 'child-frozen':
      return `${windows} freezes ${items}, which depends on this, ${when}.`;
    case 'assignee-busy':
      return `Its owner does ${other}, ${when}.`;
  }
}

/** Why no place was found: the most frequent obstacles, with the last of each. */
export function noSlotWords(
  { obstacles }: Extract<SlotAnswer, { found: false }>,
  days: number,
  names: ConflictNames,
): string {
  const reasons = obstacles
    .slice(0, 3)
    .map(
      ({ kind, times, last }) =>
        `${CONFLICT_TITLES[kind].toLowerCase()} ${times === 1 ? 'once' : `${times} times`}, last: ${conflictWords(last, names)}`,
    );
  return `No free place within ${days} days. In the way: ${reasons.join(' ')}`;
}
