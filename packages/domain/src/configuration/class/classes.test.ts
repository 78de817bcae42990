import { describe, expect, it } from 'vitest';
import { ITEM_STATES, mayStep, needsReason } from '../item/lifecycle.ts';
import { faultsOfValues } from './attribute-value.ts';
import { DEFAULT_CLASSES } from './default-classes.ts';
import { attributesOf, faultsOfClasses, isKindOf } from './item-class.ts';
import type { AttributeDefinition, ItemClass } from './item-class.ts';

const text = { name: '', kind: 'text', required: false, choices: [], identifies: false } as const;

function classes(...given: readonly (Pick<ItemClass, 'id' | 'parent'> & Partial<ItemClass>)[]) {
  return new Map(
    given.map((each) => [
      each.id,
      { name: each.id, abstract: false, attributes: [], ...each } satisfies ItemClass,
    ]),
  );
}

const attribute = (id: string, fields: Partial<AttributeDefinition> = {}) => ({ ...text, id, ...fields });

describe('classes', () => {
  it('[CFG-1] inherit attributes, the most general first', () => {
    expect(attributesOf(DEFAULT_CLASSES, 'server').map(({ id }) => id)).toEqual([
      ...['version', 'serial', 'vendor', 'model', 'warranty_until', 'address', 'memory_gb'],
    ]);
    expect(isKindOf(DEFAULT_CLASSES, 'server', 'device')).toBe(true);
    expect(isKindOf(DEFAULT_CLASSES, 'device', 'server')).toBe(false);
    expect(faultsOfClasses(DEFAULT_CLASSES)).toEqual([]);
  });

  it('[CFG-1] are those of the catalogue to begin with, each a kind of what it is there (A5 row 1)', () => {
    const line = (id: string): string => {
      const parent = DEFAULT_CLASSES.get(id)?.parent ?? null;
      return parent === null ? id : `${line(parent)} > ${id}`;
    };
    for (const end of ['server', 'network_device'])
      expect(line(end)).toBe(`item > device > connected > datacenter_device > ${end}`);
    for (const kind of ['middleware', 'database_server', 'web_server'])
      expect(line(kind)).toBe(`item > software > ${kind}`);
    const others = ['application', 'process', 'database', 'web_application', 'group', 'location', 'contact'];
    for (const id of [...others, 'document', 'licence', 'patch'])
      expect(DEFAULT_CLASSES.get(id)).toMatchObject({ abstract: false });
    // it runs, depends and has members as an application does
    expect(line('web_application')).toBe('item > application > web_application');
  });

  it('[CFG-1] are refused with an unknown parent, in a circle, with an attribute twice or a choice of nothing', () => {
    const own = [attribute('a'), attribute('a')];
    expect(faultsOfClasses(classes({ id: 'x', parent: 'y' }))).toEqual([
      { fault: 'unknown-parent', class: 'x', parent: 'y' },
    ]);
    expect(faultsOfClasses(classes({ id: 'x', parent: 'y' }, { id: 'y', parent: 'x' }))).toMatchObject([
      { fault: 'circle', class: 'x' },
      { fault: 'circle', class: 'y' },
    ]);
    expect(faultsOfClasses(classes({ id: 'x', parent: null, attributes: own }))).toEqual([
      { fault: 'attribute-twice', class: 'x', attribute: 'a' },
    ]);
    const below = classes(
      { id: 'x', parent: null, attributes: [attribute('a')] },
      { id: 'y', parent: 'x', attributes: [attribute('a')] },
    );
    expect(faultsOfClasses(below)).toEqual([{ fault: 'attribute-twice', class: 'y', attribute: 'a' }]);
    const named = classes(
      { id: 'x', parent: null, attributes: [{ ...attribute('a'), name: 'Memory' }] },
      { id: 'y', parent: 'x', attributes: [{ ...attribute('b'), name: ' memory' }] },
    );
    expect(faultsOfClasses(named)).toEqual([{ fault: 'attribute-twice', class: 'y', attribute: 'b' }]);
    const nothing = classes({ id: 'x', parent: null, attributes: [attribute('a', { kind: 'choice' })] });
    expect(faultsOfClasses(nothing)).toEqual([{ fault: 'no-choices', class: 'x', attribute: 'a' }]);
  });

  it('[CFG-2] name all that is wrong with the values of an item', () => {
    const known = classes(
      { id: 'thing', parent: null, abstract: true, attributes: [attribute('serial', { required: true })] },
      {
        id: 'server',
        parent: 'thing',
        attributes: [
          attribute('memory', { kind: 'number' }),
          attribute('until', { kind: 'date' }),
          attribute('tier', { kind: 'choice', choices: ['gold'] }),
        ],
      },
    );
    expect(
      faultsOfValues(known, 'server', { serial: 's', memory: 8, until: '2028-02-29', tier: 'gold' }),
    ).toEqual([]);
    expect(
      faultsOfValues(known, 'server', { memory: 'much', until: '2026-02-30', tier: 'tin', colour: 'red' }),
    ).toEqual([
      { fault: 'missing-attribute', attribute: 'serial' },
      { fault: 'invalid-attribute', attribute: 'memory', value: 'much' },
      { fault: 'invalid-attribute', attribute: 'until', value: '2026-02-30' },
      { fault: 'invalid-attribute', attribute: 'tier', value: 'tin' },
      { fault: 'unknown-attribute', attribute: 'colour' },
    ]);
    expect(faultsOfValues(known, 'thing', {})).toEqual([{ fault: 'abstract-class', class: 'thing' }]);
    expect(faultsOfValues(known, 'nothing', {})).toEqual([{ fault: 'unknown-class', class: 'nothing' }]);
  });
});

describe('the life of an item', () => {
  it('[CFG-3] ends with disposal, and is taken up again after retirement for a reason alone', () => {
    expect(ITEM_STATES.filter((state) => mayStep('disposed', state))).toEqual([]);
    expect(ITEM_STATES.filter((state) => mayStep('retired', state))).toEqual([
      'in_stock',
      'in_service',
      'disposed',
    ]);
    expect(needsReason('retired', 'in_service')).toBe(true);
    expect(needsReason('retired', 'disposed')).toBe(false);
    expect(needsReason('maintenance', 'in_service')).toBe(false);
    expect(mayStep('planned', 'in_service')).toBe(false);
  });
});
