import type { ActOf } from './acts.ts';
import { no, yes } from './case.ts';
import type { ChangeAnswer, ChangeCase } from './case.ts';
import type { Change } from './change.ts';
import type { ChangeState } from './model/model.ts';

const MAX_ANNOUNCEMENTS = 50;

/** Names an announcement as one that tells people of this change: it goes with the window of the change from then on. */
export function decideAnnounce(
  { change }: ChangeCase,
  { announcement }: ActOf<'note-announcement'>,
): ChangeAnswer {
  const { announcements } = change;
  if (announcements.includes(announcement)) return no('nothing-to-change', { field: 'announcements' });
  if (announcements.length >= MAX_ANNOUNCEMENTS)
    return no('invalid-value', { field: 'announcements', value: announcements.length + 1 });
  return yes([{ type: 'announcement-made', announcement }]);
}

const APPROVED: ReadonlySet<ChangeState> = new Set(['scheduled', 'implement', 'review', 'closed']);

/** Whether what it asks for is approved, so that people may be told of it. */
export function isApprovedChange({ state }: Pick<Change, 'state'>): boolean {
  return APPROVED.has(state);
}
