import { DEFAULT_CONFIGURATION_RULES, classesOf, faultsOfClasses } from '@muster/domain/configuration';
import { describe, expect, it } from 'vitest';
import { changesBetween } from './rules-changes.ts';
import {
  addAttribute,
  addClass,
  addType,
  parentsFor,
  removeClass,
  treeOf,
  withAttribute,
  withClass,
  withType,
} from './rules-edit.ts';

const RULES = DEFAULT_CONFIGURATION_RULES;

describe('edits of classes and relations', () => {
  it('[CFG-70] name what is new so that nothing else has that name', () => {
    const first = addClass(RULES, ' Röbot (arm) ', 'device');
    expect(first.id).toBe('ro_bot_arm');
    expect(addClass(first.parts, 'Ro bot arm', null).id).toBe('ro_bot_arm_2');
    expect(addClass(RULES, '机器人', null).id).toBe('class');
    expect(addClass(RULES, 'constructor', null).id).toBe('constructor_2');
    const serials = addAttribute(addAttribute(first.parts, first.id, 'Serial'), first.id, 'Serial');
    const ids = serials.classes.at(-1)?.attributes.map(({ id }) => id);
    expect(ids).toEqual(['serial_2', 'serial_3']);
    const apart = addAttribute(addAttribute(first.parts, first.id, 'Serial'), first.id, 'Serial (old)');
    expect(faultsOfClasses(classesOf(apart))).toEqual([]);
    // ids may be told apart where people could not tell the names apart
    expect(faultsOfClasses(classesOf(serials))).toMatchObject([{ fault: 'attribute-twice' }]);
  });

  it('[CFG-70] take a class away with the pairs that name it', () => {
    const { classes, types } = removeClass(RULES, 'power_feed');
    expect(classes.some(({ id }) => id === 'power_feed')).toBe(false);
    expect(types.find(({ id }) => id === 'powered_by')?.allowed).toEqual([]);
    expect(types.find(({ id }) => id === 'runs_on')).toBe(RULES.types.find(({ id }) => id === 'runs_on'));
  });

  it('[CFG-1] show each class below what it is a kind of, and let none become a kind of itself', () => {
    const rows = treeOf(RULES.classes).map(({ class: { id }, depth }) => `${depth} ${id}`);
    expect(rows).toHaveLength(RULES.classes.length);
    expect(rows[0]).toBe('0 item');
    expect(rows.indexOf('4 server')).toBeGreaterThan(rows.indexOf('2 connected'));
    const circle = withClass(RULES, 'device', { parent: 'server' });
    expect(treeOf(circle.classes)).toHaveLength(RULES.classes.length);
    const offered = parentsFor(classesOf(RULES), 'device').map(({ id }) => id);
    expect(offered).toContain('item');
    expect(offered).not.toContain('device');
    expect(offered).not.toContain('server');
  });

  it('[CFG-72] are said difference by difference', () => {
    let parts = addClass(RULES, 'Robot', 'device').parts;
    parts = withAttribute(parts, 'server', 'memory_gb', { required: true, name: 'Memory' });
    parts = withClass(parts, 'rack', { name: 'Cabinet', parent: 'item', abstract: true });
    parts = addAttribute(parts, 'rack', 'Colour');
    parts = removeClass(parts, 'licence');
    parts = withType(parts, 'contains', { spread: 'from_to', circles: true, inverse: 'Within' });
    parts = addType(parts, 'Backs up to', 'Keeps the backup of').parts;
    expect(changesBetween(RULES, parts)).toEqual([
      'Class “Server”: attribute “Memory (GB)”: is called “Memory”',
      'Class “Server”: attribute “Memory (GB)”: is required',
      'Class “Rack”: is called “Cabinet”',
      'Class “Rack”: is a kind of Configuration item instead of Physical device',
      'Class “Rack”: has no items of its own any more',
      'Class “Rack”: attribute “Colour” is made',
      'Class “Robot” is made',
      'Class “Licence” is removed',
      'Relation “Contains”: is called “Within” from the other end',
      'Relation “Contains”: a failure of the first reaches the second',
      'Relation “Contains”: may close circles',
      'Relation “Licensed by”: goes from Configuration item to Licence no more',
      'Relation “Backs up to” is made',
    ]);
    expect(changesBetween(RULES, RULES)).toEqual([]);
  });
});
