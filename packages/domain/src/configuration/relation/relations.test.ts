import { describe, expect, it } from 'vitest';
import { DEFAULT_CLASSES } from '../class/default-classes.ts';
import { impactOf } from '../impact/impact.ts';
import { DependencyMap } from '../map/dependency-map.ts';
import { faultsOfTypes } from '../rules/conform.ts';
import { id, item, relation } from '../test-support/any-map.ts';
import { DEFAULT_RELATION_TYPES } from './default-types.ts';
import { faultOfRelation } from './govern.ts';
import { suggestionsFor } from './relation-type.ts';

const governance = { types: DEFAULT_RELATION_TYPES, classes: DEFAULT_CLASSES };
const things = [
  item('db', { class: 'database' }),
  item('dbs', { class: 'database_server' }),
  item('host', { class: 'server' }),
  item('vm', { class: 'virtual_machine' }),
  item('vm2', { class: 'virtual_machine' }),
  item('a', { class: 'service' }),
  item('b', { class: 'service' }),
];

function fault(from: string, type: string, to: string, standing = [relation('dbs', 'runs_on', 'host')]) {
  const map = new DependencyMap(DEFAULT_RELATION_TYPES, things, standing);
  return faultOfRelation(map, relation(from, type, to), governance);
}

describe('relations', () => {
  it('[CFG-4] are allowed by the classes of their ends and by what these are kinds of', () => {
    expect(fault('dbs', 'runs_on', 'vm')).toBeNull();
    expect(fault('host', 'runs_on', 'dbs')).toEqual({
      ...{ fault: 'not-allowed', type: 'runs_on', from: 'server', to: 'database_server' },
    });
    expect(fault('dbs', 'flies_over', 'vm')).toEqual({ fault: 'unknown-type', type: 'flies_over' });
    expect(fault('dbs', 'runs_on', 'gone')).toEqual({ fault: 'unknown-item', item: id('gone') });
  });

  it('[CFG-4] are those of the catalogue to begin with, and a failure spreads along what carries alone (A5 rows 2 and 4)', () => {
    const named = new Map(
      [...DEFAULT_RELATION_TYPES.values()].map(({ name, inverse, spread }) => [
        `${name}::${inverse}`,
        spread,
      ]),
    );
    expect(Object.fromEntries(named)).toMatchObject({
      ...{ 'Depends on::Used by': 'to_from', 'Runs on::Runs': 'to_from', 'Hosted on::Hosts': 'to_from' },
      ...{ 'Contains::Contained by': 'none', 'Connects to::Connected by': 'to_from' },
      ...{ 'Has as member::Member of': 'to_from', 'Manages::Managed by': 'none', 'Owns::Owned by': 'none' },
      ...{ 'Defines resources for::Gets resources from': 'from_to', 'Uses::Used by': 'to_from' },
    });
    expect(faultsOfTypes(DEFAULT_RELATION_TYPES, DEFAULT_CLASSES)).toEqual([]);
  });

  it('[CFG-4] [CFG-10] of people take nothing down, and what resources come from takes down what gets them', () => {
    const standing = [
      ...[relation('team', 'manages', 'vm'), relation('team', 'owns', 'host')],
      relation('host', 'defines_resources_for', 'vm'),
    ];
    const map = new DependencyMap(
      DEFAULT_RELATION_TYPES,
      [...things, item('team', { class: 'group' })],
      standing,
    );
    const fallen = (down: string) => [...impactOf(map, { down: [id(down)] }).down.keys()];
    expect(fallen('team')).not.toContain('vm');
    expect(fallen('team')).not.toContain('host');
    expect(fallen('host')).toContain('vm');
    expect(fallen('vm')).not.toContain('host');
    expect(fault('vm', 'defines_resources_for', 'host')).toMatchObject({ fault: 'not-allowed' });
    expect(fault('a', 'owns', 'host')).toMatchObject({ fault: 'not-allowed' });
  });

  it('[CFG-5] are suggested for two classes, with the end of each', () => {
    const told = (own: string, other: string) =>
      suggestionsFor(DEFAULT_RELATION_TYPES, DEFAULT_CLASSES, own, other).map(
        ({ type, end }) => `${type.id} ${end}`,
      );
    expect(told('database', 'database_server')).toEqual(
      expect.arrayContaining(['runs_on from', 'depends_on to', 'contains from', 'contains to']),
    );
    expect(told('database', 'database_server')).not.toContain('runs_on to');
    expect(told('server', 'rack')).toContain('hosted_on from');
  });

  it('[CFG-6] go to something else, once, and in no circle where there may be none', () => {
    expect(fault('host', 'contains', 'host')).toEqual({ fault: 'to-itself', item: id('host') });
    expect(fault('dbs', 'runs_on', 'host')).toEqual({
      fault: 'related-already',
      relation: 'dbs runs_on host',
    });
    expect(fault('dbs', 'depends_on', 'host')).toBeNull();
    const nested = [relation('vm', 'runs_on', 'vm2')];
    expect(fault('vm2', 'runs_on', 'vm', nested)).toEqual({ fault: 'circle', items: ['vm', 'vm2'] });
    expect(fault('b', 'depends_on', 'a', [relation('a', 'depends_on', 'b')])).toBeNull();
  });
});
