import type { Directory } from '@muster/domain/shared';
import type { FilterRow } from '../filter/index.ts';
import type { Place } from './stable-list.ts';

export const GROUP_KEYS = ['none', 'state', 'priority', 'team', 'owner', 'service'] as const;

export type GroupKey = (typeof GROUP_KEYS)[number];

/** The value a row is grouped by, as text; '-' stands for "no value" and sorts last. */
export function groupReader(group: GroupKey): (row: FilterRow) => string {
  switch (group) {
    case 'none':
      return () => '';
    case 'state':
      return (row) => row.state;
    case 'priority':
      return (row) => String(row.priority);
    case 'team':
      return (row) => row.team ?? NO_GROUP;
    case 'owner':
      return (row) => row.owner ?? NO_GROUP;
    case 'service':
      return (row) => row.service ?? NO_GROUP;
  }
}

export const NO_GROUP = '-';

export interface GroupWorld {
  readonly directory: Directory;
  readonly states: readonly string[];
  readonly stateName: (state: string) => string;
}

export function groupLabel(group: GroupKey, value: string, world: GroupWorld): string {
  const { people, teams, services } = world.directory;
  switch (group) {
    case 'none':
      return '';
    case 'state':
      return world.stateName(value);
    case 'priority':
      return `Priority ${value}`;
    case 'team':
      return nameIn(teams, value) ?? 'No team';
    case 'owner':
      return nameIn(people, value) ?? 'Nobody yet';
    case 'service':
      return nameIn(services, value) ?? 'No service';
  }
}

/** A line of the list: the head of a group, or a row of it. */
export type ListItem =
  | {
      readonly kind: 'group';
      readonly key: string;
      readonly label: string;
      readonly count: number;
      readonly collapsed: boolean;
    }
  | { readonly kind: 'row'; readonly id: Place['id'] };

/** Lays places out as lines: groups in their natural order, rows in theirs, collapsed groups as a head only. */
export function layOut(
  places: readonly Place[],
  group: GroupKey,
  collapsed: ReadonlySet<string>,
  world: GroupWorld,
): ListItem[] {
  if (group === 'none') return places.map(({ id }) => ({ kind: 'row', id }));
  const byGroup = new Map<string, Place['id'][]>();
  for (const { id, group: key } of places) {
    const ids = byGroup.get(key);
    if (ids) ids.push(id);
    else byGroup.set(key, [id]);
  }
  const heads = [...byGroup.keys()].map((key) => ({ key, label: groupLabel(group, key, world) }));
  heads.sort(
    (a, b) => rankOf(group, a.key, world) - rankOf(group, b.key, world) || a.label.localeCompare(b.label),
  );
  return heads.flatMap(({ key, label }): ListItem[] => {
    const ids = byGroup.get(key) ?? [];
    const isCollapsed = collapsed.has(key);
    const head: ListItem = { kind: 'group', key, label, count: ids.length, collapsed: isCollapsed };
    return isCollapsed ? [head] : [head, ...ids.map((id): ListItem => ({ kind: 'row', id }))];
  });
}

function rankOf(group: GroupKey, key: string, { states }: GroupWorld): number {
  if (key === NO_GROUP) return Number.MAX_SAFE_INTEGER;
  if (group === 'state') return states.indexOf(key);
  if (group === 'priority') return Number(key);
  return 0;
}

function nameIn(things: ReadonlyMap<string, { readonly name: string }>, id: string): string | undefined {
  return things.get(id)?.name;
}
