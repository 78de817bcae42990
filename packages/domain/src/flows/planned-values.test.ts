import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plannedKey } from '../change/index.ts';
import type { PlannedValue } from '../change/index.ts';
import { ITEM_STATES, isRetired } from '../configuration/index.ts';
import type { ConfigurationItem } from '../configuration/index.ts';
import { recordId } from '../shared/index.ts';
import { appliesValues, courseOfValues, singly } from './planned-values.ts';

const CHANGE = { id: recordId('c1'), number: 'CHG-1' };
const [WEB, DB, MAIL] = ['web', 'db', 'mail'].map(recordId) as [
  ReturnType<typeof recordId>,
  ReturnType<typeof recordId>,
  ReturnType<typeof recordId>,
];

function item(id: ConfigurationItem['id'], more: Partial<ConfigurationItem> = {}): ConfigurationItem {
  return {
    ...{ id, version: 1, number: null, class: 'server', name: id, state: 'in_service', owner: null },
    ...{ team: null, criticality: null, attributes: { vendor: 'Acme' }, redundancy: [], suspended: null },
    ...{ updatedAt: 0, ...more },
  };
}

const around = (...items: readonly ConfigurationItem[]) => ({
  ...{ items: new Map(items.map((each) => [each.id, each])), isService: (id: string) => id === MAIL },
  standing: new Map([[recordId('r1'), recordId('r1')]]),
  stayingOf: (id: ConfigurationItem['id']) => items.find((each) => each.id === id)?.sameAs ?? id,
});
const field = (
  id: ConfigurationItem['id'],
  what: string,
  was: string | null,
  to: string | number | null,
): PlannedValue => ({
  ...{ kind: 'field', item: id, field: what, was, to },
});
const course = (values: readonly PlannedValue[], ...items: readonly ConfigurationItem[]) =>
  courseOfValues({ ...CHANGE, values }, around(...items));

describe('the course of planned values', () => {
  it('[CFG-42] is taken when a change is closed as a success, and at no other step', () => {
    const change = { values: [field(WEB, 'name', 'web', 'w')], result: 'successful' } as never;
    const moved = { type: 'moved', from: 'review', to: 'closed', way: 'forward', reason: null } as never;
    expect(appliesValues(change, moved)).toBe(true);
    expect(appliesValues({ ...(change as object), result: 'issues' } as never, moved)).toBe(true);
    for (const result of ['failed', 'backed_out', null])
      expect(appliesValues({ ...(change as object), result } as never, moved)).toBe(false);
    const done = { ...(moved as object), from: 'implement', to: 'review' } as never;
    expect(appliesValues({ ...(change as object), result: null } as never, done)).toBe(false);
  });

  it('[CFG-42] is of what an item says itself: what every object has is no value', () => {
    const planned = field(WEB, 'attribute:constructor', null, 'x');
    expect(course([planned], item(WEB)).settled).toEqual([]);
    expect(course([field(WEB, 'attribute:constructor', 'y', 'x')], item(WEB)).settled).toEqual([
      { key: plannedKey(planned), fate: 'kept', why: { code: 'planned/changed', is: null } },
    ]);
  });

  it('[CFG-42] edits an item once for all its fields, names the change, and steps out of life last', () => {
    const retire: PlannedValue = { kind: 'step', item: DB, was: 'in_service', to: 'retired' };
    const remove: PlannedValue = {
      ...{ kind: 'unrelate', relation: recordId('r1') },
      type: 'uses',
      from: WEB,
      to: DB,
    };
    const add: PlannedValue = { kind: 'relate', type: 'uses', from: WEB, to: MAIL };
    const values = [
      retire,
      add,
      remove,
      field(WEB, 'name', WEB, 'w'),
      field(WEB, 'attribute:vendor', 'Acme', 'U'),
    ];
    const { attempts, settled } = course(values, item(WEB), item(DB));
    expect(settled).toEqual([]);
    expect(attempts.map(({ type, target, args }) => [type, target, args])).toEqual([
      ['item.edit', WEB, { fields: { name: 'w', attributes: { vendor: 'U' } }, change: CHANGE }],
      ['relation.remove', 'r1', { change: CHANGE }],
      ['relation.add', null, { type: 'uses', from: WEB, to: MAIL, change: CHANGE }],
      ['item.step', DB, { from: 'in_service', to: 'retired', change: CHANGE }],
    ]);
    const alone = attempts.flatMap((each) => singly(each, CHANGE, around(item(WEB), item(DB))));
    expect(alone.map(({ args }) => args)).toEqual([
      { fields: { name: 'w' }, change: CHANGE },
      { fields: { attributes: { vendor: 'U' } }, change: CHANGE },
    ]);
  });

  it('[CFG-29] [CFG-42] says of a redundancy the type that is planned, and keeps the others', () => {
    const two = { relation: 'members', by: 'count', minimum: 2 } as const;
    const half = { relation: 'powered_by', by: 'percent', minimum: 50 } as const;
    const cluster = item(WEB, { redundancy: [two, half] });
    const more: PlannedValue = { ...field(WEB, 'redundancy:members', null, 3), was: 2 } as PlannedValue;
    const none = field(WEB, 'redundancy:powered_by', '50 %', null);
    const anew = field(WEB, 'redundancy:uses', null, '60 %');
    const fieldsOf = (...values: readonly PlannedValue[]) =>
      course(values, cluster).attempts.map(({ args }) => args);
    const three = { ...two, minimum: 3 };
    expect(fieldsOf(more)).toEqual([{ fields: { redundancy: [half, three] }, change: CHANGE }]);
    const all = { redundancy: [three, { relation: 'uses', by: 'percent', minimum: 60 }] };
    expect(fieldsOf(more, none, anew)).toEqual([{ fields: all, change: CHANGE }]);
    const [attempt] = course([more, anew, field(WEB, 'name', WEB, 'w')], cluster).attempts;
    if (attempt === undefined) throw new Error('nothing is tried');
    const parts = singly(attempt, CHANGE, around(cluster));
    expect(parts.map(({ values }) => values.length)).toEqual([1, 2]);
    expect(singly(parts[1] ?? attempt, CHANGE, around(cluster))).toEqual([]);
    const moved = { ...cluster, redundancy: [{ ...two, minimum: 4 }] };
    expect(course([more], moved).settled).toMatchObject([{ fate: 'kept', why: { is: 4 } }]);
  });

  it('[CFG-43] keeps what was said otherwise, what is gone and what is retired, unless it is brought back', () => {
    const back: PlannedValue = { kind: 'step', item: DB, was: 'retired', to: 'in_service' };
    const renamed = field(DB, 'name', DB, 'd');
    const settled = (values: readonly PlannedValue[], ...items: readonly ConfigurationItem[]) =>
      course(values, ...items).settled.map(({ fate, why }) => [fate, why?.code ?? null]);
    expect(settled([field(WEB, 'name', 'web', 'w')], item(WEB, { name: 'other' }))).toEqual([
      ['kept', 'planned/changed'],
    ]);
    expect(settled([field(WEB, 'name', 'web', 'w')], item(WEB, { name: 'w' }))).toEqual([['same', null]]);
    expect(settled([renamed])).toEqual([['kept', 'planned/gone']]);
    expect(settled([renamed], item(DB, { state: 'retired' }))).toEqual([['kept', 'planned/retired']]);
    expect(settled([renamed, back], item(DB, { state: 'retired' }))).toEqual([]);
    const add: PlannedValue = { kind: 'relate', type: 'uses', from: WEB, to: DB };
    expect(settled([add], item(WEB), item(DB, { state: 'retired' }))).toEqual([['kept', 'planned/retired']]);
    const removed: PlannedValue = {
      ...{ kind: 'unrelate', relation: recordId('r9') },
      type: 'uses',
      from: WEB,
      to: DB,
    };
    expect(settled([removed], item(WEB), item(DB))).toEqual([['same', null]]);
  });

  it('[CFG-103] says of the item that stays what was planned for one that was joined into it, but its steps', () => {
    const items = [item(WEB), item(DB, { state: 'retired', sameAs: WEB })];
    const vendor = field(DB, 'attribute:vendor', 'Acme', 'U');
    const add: PlannedValue = { kind: 'relate', type: 'uses', from: MAIL, to: DB };
    const { attempts, settled } = course([vendor, add, field(WEB, 'name', WEB, 'w')], ...items);
    expect(settled).toEqual([]);
    expect(attempts.map(({ type, target, args }) => [type, target, args])).toEqual([
      ['item.edit', WEB, { fields: { attributes: { vendor: 'U' }, name: 'w' }, change: CHANGE }],
      ['relation.add', null, { type: 'uses', from: MAIL, to: WEB, change: CHANGE }],
    ]);
    const joined = { code: 'planned/joined', id: DB, into: WEB };
    const retire: PlannedValue = { kind: 'step', item: DB, was: 'in_service', to: 'retired' };
    const renamed = field(DB, 'name', DB, 'd');
    const pause: PlannedValue = { ...retire, to: 'maintenance' };
    expect(course([renamed, retire], ...items).settled).toEqual([
      { key: plannedKey(renamed), fate: 'kept', why: { ...joined, is: WEB } },
      // joining has retired it
      { key: plannedKey(retire), fate: 'same', why: null },
    ]);
    expect(course([pause], ...items).settled).toMatchObject([{ why: { ...joined, is: 'retired' } }]);
    const [dispose, back] = ['disposed', 'in_service'].map((to): PlannedValue => ({
      kind: 'step',
      item: DB,
      was: 'retired',
      to,
    })) as [PlannedValue, PlannedValue];
    expect(course([dispose], ...items).attempts).toMatchObject([{ type: 'item.step', target: DB }]);
    // what is brought back stands for itself again
    expect(course([back, vendor], ...items).attempts).toMatchObject([
      { type: 'item.step', target: DB },
      { type: 'item.edit', target: DB },
    ]);
  });

  it('[CFG-103] of two values of a field says the one that was planned against what stands now', () => {
    const items = [item(WEB), item(DB, { state: 'retired', sameAs: WEB })];
    const [own, other] = [
      field(WEB, 'attribute:vendor', 'Acme', 'W'),
      field(DB, 'attribute:vendor', 'Acme', 'D'),
    ];
    const saidBy = (...values: readonly PlannedValue[]) => {
      const { attempts, settled } = course(values, ...items);
      return [attempts.map(({ args }) => args), settled.map(({ fate, why }) => [fate, why?.code])];
    };
    const edit = (vendor: string) => [{ fields: { attributes: { vendor } }, change: CHANGE }];
    expect(saidBy(other, own)).toEqual([edit('W'), [['kept', 'planned/joined']]]);
    const late = field(WEB, 'attribute:vendor', null, 'W');
    expect(saidBy(late, other)).toEqual([edit('D'), [['kept', 'planned/changed']]]);
    const agreed = field(WEB, 'attribute:vendor', null, 'D');
    expect(saidBy(agreed, other)).toEqual([edit('D'), []]);
    const [attempt] = course([agreed, other], ...items).attempts;
    expect(attempt?.values).toEqual([agreed, other]);
    // neither fits what stands now: what becomes of the one becomes of the other
    const [one, two] = [field(WEB, 'attribute:vendor', 'X', 'D'), field(DB, 'attribute:vendor', 'X', 'D')];
    const changed = ['kept', 'planned/changed'];
    expect(saidBy(one, two)).toEqual([[], [changed, changed]]);
  });

  it('[CFG-43] decides or tries every value exactly once, whatever stands (property)', () => {
    const ids = [WEB, DB, recordId('gone')];
    const one = fc.constantFrom(...ids);
    const state = fc.constantFrom(...ITEM_STATES);
    const value: fc.Arbitrary<PlannedValue> = fc.oneof(
      fc.record({
        ...{ kind: fc.constant('field' as const), item: one },
        ...{ field: fc.constantFrom('name', 'attribute:vendor'), was: fc.constantFrom('web', 'Acme', null) },
        to: fc.constantFrom('x', 'Acme'),
      }),
      fc.record({ kind: fc.constant('step' as const), item: one, was: state, to: state }),
      fc.record({ kind: fc.constant('relate' as const), type: fc.constant('uses'), from: one, to: one }),
    );
    const planned = fc.uniqueArray(value, { selector: plannedKey });
    fc.assert(
      fc.property(planned, state, state, fc.boolean(), (values, first, second, isJoined) => {
        const same = isJoined ? { sameAs: WEB } : {};
        const items = [item(WEB, { state: first }), item(DB, { state: second, ...same })];
        const { attempts, settled } = course(values, ...items);
        const met = [
          ...settled.map(({ key }) => key),
          ...attempts.flatMap(({ values: tried }) => tried.map(plannedKey)),
        ];
        expect(met.toSorted()).toEqual(values.map(plannedKey).toSorted());
        for (const { type, target, values: tried } of attempts) {
          if (type !== 'item.edit') continue;
          const state_ = items.find(({ id }) => id === target)?.state ?? 'disposed';
          const isBack = values.some(
            (each) => each.kind === 'step' && each.item === target && each.was === state_,
          );
          expect(!isRetired(state_) || isBack, JSON.stringify(tried)).toBe(true);
        }
      }),
    );
  });
});
