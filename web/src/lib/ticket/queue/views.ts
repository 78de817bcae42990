import type { QueueAddress } from './address.ts';
import { DEFAULT_SORTING } from './sorting.ts';

/** A named address. Built-in views are the same for everybody; own views belong to one person. */
export interface QueueView extends QueueAddress {
  readonly id: string;
  readonly name: string;
  readonly own: boolean;
}

const built = (id: string, name: string, query: string, change: Partial<QueueAddress> = {}): QueueView => ({
  id,
  name,
  query,
  sorting: DEFAULT_SORTING,
  group: 'none',
  own: false,
  ...change,
});

const newestFirst = { key: 'updated', descending: true } as const;

export const BUILT_IN_VIEWS: readonly QueueView[] = [
  built('mine', 'My work', 'owner:me state:open -snooze:active'),
  built('unassigned', 'Unassigned & open', 'owner:none state:open'),
  built('open', 'Open', 'state:open'),
  built('major', 'Major', 'major:proposed,accepted', {
    sorting: newestFirst,
  }),
  built('escalated', 'Escalated', 'state:open is:escalated', {
    sorting: { key: 'clock', descending: false },
  }),
  built('due', 'Breached or due soon', 'state:open clock:breached,warning', {
    sorting: { key: 'clock', descending: false },
  }),
  built('caller', 'Waiting on caller', 'state:on_hold hold:caller'),
  built('reached', 'Reminder reached', 'state:open snooze:reached'),
  built('snoozed', 'Snoozed', 'state:open snooze:active'),
  built('resolved', 'Recently resolved', 'resolved:<7d', { sorting: newestFirst }),
];
