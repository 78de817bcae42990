import { describe, expect, it } from 'vitest';
import { recordId } from '../../shared/index.ts';
import type { ItemId } from '../../shared/index.ts';
import { DEFAULT_CLASSES } from '../class/default-classes.ts';
import type { ConfigurationItem } from '../item/item.ts';
import type { Relation } from '../map/dependency-map.ts';
import { DEFAULT_RELATION_TYPES } from '../relation/default-types.ts';
import type { Imported, ImportedItem } from './imported.ts';
import { planImport } from './plan-import.ts';
import type { Present } from './present.ts';

const id = (name: string): ItemId => recordId(name);

const item = (name: string, itemClass: string, more: Partial<ConfigurationItem> = {}): ConfigurationItem => ({
  ...{ id: id(name), version: 1, number: null, class: itemClass, name, state: 'in_service', owner: null },
  ...{ team: null, criticality: null, attributes: {}, redundancy: [], suspended: null, updatedAt: 0 },
  ...more,
});

const there = (
  items: readonly ConfigurationItem[],
  relations: readonly Relation[],
  own: string,
): Present => ({
  ...{ classes: DEFAULT_CLASSES, types: DEFAULT_RELATION_TYPES, relations },
  items: new Map(items.map((each) => [each.id, each])),
  known: new Map(items.map((each) => [each.name, each.id])),
  idOf: (key) => id(`new ${key}`),
  isOwn: (relation) => relation.id === own,
});

const file = (
  items: readonly ConfigurationItem[],
  relations: Imported['relations'],
  more: Partial<ImportedItem> = {},
): Imported => ({
  ...{ source: 'test', relations, faults: [] },
  items: items.map(({ name, class: itemClass }) => ({
    ...{ line: null, key: name, class: itemClass, name, attributes: {}, ...more },
  })),
});

const relation = (type: string, from: string, to: string): Relation => ({
  ...{ id: `${type} ${from} ${to}`, type, from: id(from), to: id(to) },
});

describe('relations of rows', () => {
  it('[CFG-112] may be to what the source brought before, whether or not this file names it', () => {
    const items = [
      item('srv', 'server'),
      item('joined', 'server', { state: 'retired', sameAs: id('srv') }),
      item('app', 'application'),
    ];
    const rows = file(
      [item('web', 'application')],
      [
        { line: 1, type: 'runs_on', from: 'web', to: 'joined' },
        { line: 1, type: 'runs_on', from: 'app', to: 'srv' },
      ],
    );
    const plan = planImport(rows, there(items, [], ''));
    expect(plan.related.map(({ from, to }) => [from, to])).toEqual([
      ['new web', 'srv'],
      ['app', 'srv'],
    ]);
    expect(plan.faults).toEqual([]);
  });
});

describe('what a source is read to relate otherwise than before', () => {
  const items = [item('line', 'circuit'), item('router', 'network_device')];
  const turned = {
    ...{ line: null, type: 'connects_to', from: 'router', to: 'line' },
    instead: [{ type: 'connects_to', from: 'line', to: 'router' }],
  };
  const old = relation('connects_to', 'line', 'router');
  const now = { type: 'connects_to', from: 'router', to: 'line' };

  it('[CFG-116] takes the place of what its own imports made of it, which would close a circle', () => {
    const plan = planImport(file(items, [turned]), there(items, [old], old.id));
    expect(plan).toMatchObject({ related: [now], replaced: [{ was: old, by: now }], faults: [] });
  });

  it('[CFG-116] and not of what people related, which is said', () => {
    const plan = planImport(file(items, [turned]), there(items, [old], ''));
    expect(plan).toMatchObject({ related: [], replaced: [] });
    expect(plan.faults.map(({ reason }) => reason)).toEqual(['it would close a circle of 2']);
  });

  it('[CFG-116] also where it stands beside it already, and once alone', () => {
    const places = [item('site', 'location'), item('room', 'location')];
    const contains = relation('contains', 'site', 'room');
    const hosted = {
      ...{ line: null, type: 'hosted_on', from: 'room', to: 'site' },
      instead: [{ type: 'contains', from: 'site', to: 'room' }],
    };
    const standing = [contains, relation('hosted_on', 'room', 'site')];
    const plan = planImport(file(places, [hosted, hosted]), there(places, standing, contains.id));
    expect(plan).toMatchObject({ related: [], relationsLeft: 2, replaced: [{ was: contains }] });
    expect(plan.replaced).toHaveLength(1);
  });

  it('[CFG-116] and leaves that where the new one is refused', () => {
    const wrong = { ...turned, type: 'runs_on' };
    const plan = planImport(file(items, [wrong]), there(items, [old], old.id));
    expect(plan).toMatchObject({ related: [], replaced: [] });
    expect(plan.faults).toHaveLength(1);
  });
});

describe('redundancy of what is here', () => {
  it('[CFG-117] is said with what to set where it has none by that relation, and left to people', () => {
    const redundancy = [{ relation: 'powered_by', by: 'count', minimum: 1 }] as const;
    const racks = [
      item('bare', 'rack'),
      item('set', 'rack', { redundancy: [{ relation: 'powered_by', by: 'count', minimum: 2 }] }),
      item('gone', 'rack', { state: 'retired' }),
    ];
    const plan = planImport(file(racks, [], { redundancy }), there(racks, [], ''));
    expect(plan).toMatchObject({ changed: [], faults: [] });
    expect(plan.partly.filter(({ reason }) => reason.includes('redundancy'))).toEqual([
      {
        ...{ line: null, what: 'bare' },
        reason:
          'by the file it stands while 1 of what it is related to by "Powered by" does; set that as its redundancy, as no import does',
      },
    ]);
  });
});
