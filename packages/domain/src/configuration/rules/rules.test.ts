import { describe, expect, it } from 'vitest';
import { recordId } from '../../shared/index.ts';
import type { ItemClass } from '../class/item-class.ts';
import { DEFAULT_HEALTH } from '../health/health-rules.ts';
import { Items, NOW } from '../test-support/items.ts';
import { evolveRules, healthRulesOf } from './rules.ts';
import type { RulesAct } from './rules.ts';

const runsOn = { verb: 'add', type: 'runs_on', from: recordId('dbs'), to: recordId('host') } as const;

function stocked(): Items {
  const items = new Items().make('dbs', 'database_server').make('host', 'server').make('host2', 'server');
  items.relate('ana', 'r1', runsOn);
  return items;
}

function classes(items: Items, alter: (each: ItemClass) => ItemClass | null): RulesAct {
  return { verb: 'set-classes', classes: items.rules.classes.flatMap((each) => alter(each) ?? []) };
}

describe('relations that are kept', () => {
  it('[CFG-20] are not there for whoever may not read them', () => {
    const items = stocked();
    expect(items.relate('guest', 'r1', { verb: 'remove' })).toMatchObject({
      refusal: { code: 'configuration/no-such-relation' },
    });
    expect(items.relate('guest', 'r2', runsOn)).toMatchObject({
      refusal: { code: 'configuration/no-such-relation' },
    });
  });

  it('[CFG-27] stay known when they are removed, and are added anew as others', () => {
    const items = stocked();
    expect(items.relate('ana', 'r2', runsOn)).toMatchObject({
      refusal: { code: 'configuration/relation-unfit', fault: { fault: 'related-already', relation: 'r1' } },
    });
    items.now = NOW + 1;
    expect(items.relate('max', 'r1', { verb: 'remove' }).ok).toBe(true);
    expect(items.relation('r1')).toMatchObject({ since: NOW, by: 'ana', until: NOW + 1, removedBy: 'max' });
    expect(items.relate('ana', 'r1', { verb: 'remove' })).toMatchObject({
      refusal: { code: 'configuration/relation-gone', by: 'max', at: NOW + 1 },
    });
    expect(items.relate('ana', 'r1', runsOn)).toMatchObject({
      refusal: { code: 'configuration/already-exists' },
    });
    expect(items.relate('ana', 'r2', runsOn).ok).toBe(true);
  });
});

describe('the rules of the configuration', () => {
  it('[CFG-28] are set by those who manage it, one after another', () => {
    const items = stocked();
    const renamed = (name: string) =>
      classes(items, (each) => (each.id === 'rack' ? { ...each, name } : each));
    expect(items.rule('ana', renamed('Cabinet'))).toMatchObject({
      refusal: { code: 'configuration/not-permitted' },
    });
    expect(items.rule('lea', renamed('Cabinet')).ok).toBe(true);
    expect(items.rules.classes.find(({ id }) => id === 'rack')?.name).toBe('Cabinet');
    expect(items.rule('lea', renamed('Cabinet'))).toMatchObject({
      refusal: { code: 'configuration/nothing-to-change' },
    });
    expect(items.rule('leo', renamed('Frame'), 0)).toMatchObject({
      refusal: { code: 'configuration/rules-moved', by: 'lea', at: NOW },
    });
    expect(items.rule('leo', renamed('Frame')).ok).toBe(true);
  });

  it('[CFG-28] are refused when items or relations would not conform, by name', () => {
    const items = stocked();
    const without = (id: string) =>
      items.rule(
        'lea',
        classes(items, (each) => (each.id === id ? null : each)),
      );
    expect(without('service')).toMatchObject({ refusal: { value: 'service' } });
    expect(without('rack')).toMatchObject({ refusal: { code: 'configuration/types-unfit' } });
    expect(without('device')).toMatchObject({ refusal: { code: 'configuration/classes-unfit' } });
    expect(without('database_server')).toMatchObject({ ok: false });
    const required = classes(items, (each) =>
      each.id === 'server'
        ? { ...each, attributes: each.attributes.map((attribute) => ({ ...attribute, required: true })) }
        : each,
    );
    expect(items.rule('lea', required)).toMatchObject({
      refusal: {
        code: 'configuration/would-not-conform',
        count: 2,
        found: [
          { item: 'host', name: 'host', faults: [{ fault: 'missing-attribute', attribute: 'memory_gb' }] },
          { item: 'host2' },
        ],
      },
    });
    const types = items.rules.types.filter(({ id }) => id !== 'runs_on');
    expect(items.rule('lea', { verb: 'set-relation-types', types })).toMatchObject({
      refusal: { found: [{ relation: 'r1', fault: { fault: 'unknown-type' } }] },
    });
  });

  it('[CFG-70] take classes and relations together, so that a class goes with what names it and another comes', () => {
    const items = stocked();
    const robot: ItemClass = {
      ...{ id: 'robot', name: 'Robot', parent: 'connected', abstract: false, attributes: [] },
    };
    const after = {
      verb: 'set-rules',
      classes: [...items.rules.classes.filter(({ id }) => id !== 'licence'), robot],
      types: items.rules.types.flatMap((each) =>
        each.id === 'licensed_by'
          ? []
          : each.id === 'hosted_on'
            ? { ...each, allowed: [...each.allowed, { from: 'robot', to: 'rack' }] }
            : each,
      ),
    } as const;
    const { verb, ...parts } = after;
    expect(items.rule('lea', { verb: 'set-classes', classes: parts.classes })).toMatchObject({
      refusal: { code: 'configuration/types-unfit' },
    });
    expect(items.rule('lea', { verb: 'set-relation-types', types: parts.types })).toMatchObject({
      refusal: { code: 'configuration/types-unfit' },
    });
    expect(items.rule('lea', after)).toMatchObject({
      value: { events: [{ type: 'classes-set' }, { type: 'relation-types-set' }] },
    });
    expect(items.rules).toMatchObject({ ...parts, version: 2 });
    expect(items.rule('lea', after)).toMatchObject({
      refusal: { code: 'configuration/nothing-to-change' },
    });
    // of two that are set, one may stand as it is
    const only = items.rule('lea', { ...after, types: parts.types.slice(1) });
    expect(only).toMatchObject({ value: { events: [{ type: 'relation-types-set' }] } });
    expect(verb).toBe('set-rules');
  });

  it('[CFG-28] let no circle stand that a type does not allow any more', () => {
    const items = new Items().make('a', 'application').make('b', 'application');
    const add = (id: string, from: string, to: string) =>
      items.relate('ana', id, {
        ...{ verb: 'add', type: 'depends_on', from: recordId(from), to: recordId(to) },
      });
    expect([add('r1', 'a', 'b').ok, add('r2', 'b', 'a').ok]).toEqual([true, true]);
    const types = items.rules.types.map((each) => ({ ...each, circles: false }));
    expect(items.rule('lea', { verb: 'set-relation-types', types })).toMatchObject({
      refusal: { found: [{ fault: { fault: 'circle' } }, { fault: { fault: 'circle' } }] },
    });
    items.relate('ana', 'r2', { verb: 'remove' });
    expect(items.rule('lea', { verb: 'set-relation-types', types }).ok).toBe(true);
  });

  it('[CFG-58] what is said of health goes with the class that it is for, and stands in nobody’s way', () => {
    const items = stocked();
    const without = (id: string): RulesAct => ({
      verb: 'set-rules',
      classes: items.rules.classes.filter((each) => each.id !== id),
      types: items.rules.types.flatMap((each) => {
        const allowed = each.allowed.filter(({ from, to }) => from !== id && to !== id);
        return allowed.length === 0 ? [] : [{ ...each, allowed }];
      }),
    });
    // nobody set any yet: those that a desk begins with name it
    expect(items.rule('lea', without('licence')).ok).toBe(true);
    expect(healthRulesOf(items.rules).classes).not.toHaveProperty('licence');
    const again = (againDays: number): RulesAct => ({
      verb: 'set-health',
      health: { ...DEFAULT_HEALTH, againDays },
    });
    expect(items.rule('lea', again(7)).ok).toBe(true);
    expect(items.rules.health?.classes).not.toHaveProperty('licence');
    expect(items.rule('lea', without('document'))).toMatchObject({
      value: { events: [{ type: 'classes-set' }, { type: 'relation-types-set' }, { type: 'health-set' }] },
    });
    expect(items.rules.health).toMatchObject({ againDays: 7, classes: { network: expect.anything() } });
    expect(items.rules.health?.classes).not.toHaveProperty('document');
    const health = { ...healthRulesOf(items.rules), staleDays: 90 };
    expect(items.rule('lea', { verb: 'set-health', health }).ok).toBe(true);
  });

  it('[CFG-28] classes are behind others that were set, and not behind what is expected of items', () => {
    const items = stocked();
    const basis = items.rules.version;
    const health = { ...DEFAULT_HEALTH, againDays: 7 };
    expect(items.rule('leo', { verb: 'set-health', health }).ok).toBe(true);
    const renamed = classes(items, (each) => (each.id === 'rack' ? { ...each, name: 'Cabinet' } : each));
    expect(items.rule('lea', renamed, basis).ok).toBe(true);
    expect(items.rule('leo', { verb: 'set-health', health: DEFAULT_HEALTH }, basis)).toMatchObject({
      refusal: { code: 'configuration/rules-moved', by: 'lea' },
    });
  });

  it('[CFG-24] [CFG-28] let nothing identify items that some of them share, and name these', () => {
    const items = new Items()
      .make('one', 'server', { attributes: { memory_gb: 64 } })
      .make('two', 'server', { attributes: { memory_gb: 64 } })
      .make('gone', 'server', { attributes: { memory_gb: 64 } })
      .make('three', 'server', { attributes: { memory_gb: 32 } });
    items.do('ana', 'gone', { verb: 'step', from: 'in_service', to: 'retired' });
    const identifying = classes(items, (each) =>
      each.id === 'server'
        ? { ...each, attributes: each.attributes.map((one) => ({ ...one, identifies: true })) }
        : each,
    );
    expect(items.rule('lea', identifying)).toMatchObject({
      refusal: {
        code: 'configuration/would-not-conform',
        found: [{ item: 'two', name: 'two', attribute: 'memory_gb', same: { item: 'one', name: 'one' } }],
        count: 1,
      },
    });
    // a desk of before, on which it was set so
    items.rules = evolveRules(
      items.rules,
      { type: 'classes-set', classes: 'classes' in identifying ? identifying.classes : [] },
      { at: NOW },
    );
    expect(items.run('ana', 'two', { verb: 'edit', fields: { name: 'Two' } }).ok).toBe(true);
    expect(items.run('ana', 'two', { verb: 'step', from: 'in_service', to: 'maintenance' }).ok).toBe(true);
    const said = { verb: 'edit', fields: { attributes: { memory_gb: 64 } } } as const;
    expect(items.run('ana', 'three', said)).toMatchObject({
      refusal: { code: 'configuration/same-identity' },
    });
    const back = { verb: 'step', from: 'retired', to: 'in_service', reason: 'needed' } as const;
    expect(items.run('ana', 'gone', back)).toMatchObject({
      refusal: { code: 'configuration/same-identity' },
    });
    const renamed = classes(items, (each) => (each.id === 'rack' ? { ...each, name: 'Cabinet' } : each));
    expect(items.rule('lea', renamed).ok).toBe(true);
  });

  it('[CFG-29] keep the types by which items are redundant', () => {
    const items = new Items().make('app', 'application', {
      redundancy: [{ relation: 'members', by: 'count', minimum: 1 }],
    });
    const types = items.rules.types.filter(({ id }) => id !== 'members');
    expect(items.rule('lea', { verb: 'set-relation-types', types })).toMatchObject({
      refusal: { found: [{ item: 'app', type: 'members' }] },
    });
  });
});
