import { DEFAULT_CLASSES } from '@muster/domain/configuration';
import type { ConfigurationItem } from '@muster/domain/configuration';
import { recordId, teamId } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import { ALL_ITEMS, filterItems, readFilter, writeFilter } from './filter-items.ts';

const item = (name: string, more: Partial<ConfigurationItem> = {}): ConfigurationItem => ({
  ...{
    id: recordId(name),
    version: 1,
    number: `CI-2026-${name}`,
    class: 'server',
    name,
    state: 'in_service',
  },
  ...{
    owner: null,
    team: null,
    criticality: null,
    attributes: {},
    redundancy: [],
    suspended: null,
    updatedAt: 0,
  },
  ...more,
});

const ITEMS = [
  item('web', { class: 'web_server', attributes: { port: 443 } }),
  item('db', { attributes: { serial: 'X1 Blue' }, team: teamId('ops') }),
  item('app', { state: 'planned' }),
  item('old', { state: 'retired' }),
];

const names = (filter: Partial<typeof ALL_ITEMS>) =>
  filterItems(ITEMS, DEFAULT_CLASSES, { ...ALL_ITEMS, ...filter }).map(({ name }) => name);

describe('the list of items', () => {
  test('[CFG-59] is by name, without what is gone unless that is asked for, also among the rest', () => {
    expect(names({})).toEqual(['app', 'db', 'web']);
    expect(names({ state: 'retired' })).toEqual(['old']);
    expect(names({ state: 'all' })).toEqual(expect.arrayContaining(['old', 'app']));
    expect(names({ state: 'planned' })).toEqual(['app']);
  });

  test('goes by class with its kinds, by team, and by words of name, number and attributes', () => {
    expect(names({ class: 'device' })).toEqual(['app', 'db']);
    expect(names({ class: 'software' })).toEqual(['web']);
    expect(names({ team: 'ops' })).toEqual(['db']);
    expect(names({ words: 'blue x1' })).toEqual(['db']);
    expect(names({ words: '2026-web' })).toEqual(['web']);
    expect(names({ words: '443 blue' })).toEqual([]);
  });

  test('stands in the address, and what is no state is none there', () => {
    const filter = { words: 'a b', class: 'server', state: 'planned', team: 'ops' } as const;
    expect(readFilter(new URL(writeFilter(filter), 'http://desk.test').searchParams)).toEqual(filter);
    expect(writeFilter(ALL_ITEMS)).toBe('/configuration');
    expect(readFilter(new URLSearchParams('state=odd')).state).toBe('');
  });
});
