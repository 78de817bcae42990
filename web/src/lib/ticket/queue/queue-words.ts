import type { GroupKey } from './grouping.ts';
import type { SortKey } from './sorting.ts';

export const GROUP_NAMES: Readonly<Record<GroupKey, string>> = {
  none: 'Nothing',
  state: 'State',
  priority: 'Priority',
  team: 'Team',
  owner: 'Owner',
  service: 'Service',
};

export const SORT_NAMES: Readonly<Record<SortKey, string>> = {
  priority: 'Priority',
  clock: 'Due',
  number: 'Number',
  title: 'Title',
  requester: 'Requester',
  state: 'State',
  team: 'Team',
  owner: 'Owner',
  updated: 'Updated',
  created: 'Opened',
};
