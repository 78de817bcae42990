import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { personId, recordId } from '../../shared/index.ts';
import { differenceOfItem } from '../baseline/differences.ts';
import { faultOfRelation } from '../relation/govern.ts';
import { DEFAULT_CONFIGURATION_RULES, classesOf, typesOf } from '../rules/rules.ts';
import { DependencyMap } from '../map/dependency-map.ts';
import { Items } from '../test-support/items.ts';
import type { ConfigurationItem } from './item.ts';
import { planJoin } from './join.ts';

const join = (other: string) => ({ verb: 'join', other: recordId(other) }) as const;
const governance = {
  classes: classesOf(DEFAULT_CONFIGURATION_RULES),
  types: typesOf(DEFAULT_CONFIGURATION_RULES),
};

describe('joining items that are the same', () => {
  it('[CFG-37] takes over what the one that stays says nothing of, also what identifies the other', () => {
    const items = new Items()
      .make('web', 'server', { attributes: { vendor: 'Acme' } })
      .make('twin', 'server', {
        ...{ owner: personId('max'), criticality: 2 },
        attributes: { vendor: 'Umbra', serial: 'S1' },
      });
    items.incidents.add(recordId('twin'));
    items.do('lea', 'web', join('twin'));
    expect(items.at('web')).toMatchObject({
      ...{ owner: 'max', criticality: 2, state: 'in_service' },
      attributes: { vendor: 'Acme', serial: 'S1' },
    });
    expect(items.at('twin')).toMatchObject({ state: 'retired', sameAs: 'web', suspended: null });
  });

  it('[CFG-37] is said between two moments as what an item was joined into', () => {
    const items = new Items().make('web', 'server').make('twin', 'server');
    const before = items.at('twin');
    items.do('lea', 'web', join('twin'));
    expect(differenceOfItem(before, items.at('twin'))).toMatchObject({
      kind: 'gone',
      parts: [{ part: 'state' }, { part: 'sameAs', from: null, to: 'web' }],
    });
  });

  it('[CFG-37] moves relations, and says which it drops and what stood against them', () => {
    const items = new Items();
    for (const id of ['web', 'twin', 'host']) items.make(id, 'server');
    items.make('app', 'application').make('shop', 'application');
    const relate = (id: string, from: string, to: string, type = 'runs_on') =>
      expect(
        items.relate('ana', id, { verb: 'add', type, from: recordId(from), to: recordId(to) }),
      ).toMatchObject({ ok: true });
    relate('r1', 'app', 'web');
    relate('r2', 'app', 'twin');
    relate('r3', 'shop', 'twin');
    const answer = items.run('lea', 'web', join('twin'));
    expect(answer).toMatchObject({
      value: {
        events: [
          {
            ...{ type: 'joined', other: 'twin', name: 'twin' },
            moved: [{ relation: 'r3', as: 'runs_on', from: 'shop', to: 'web' }],
            dropped: [{ relation: 'r2', fault: { fault: 'related-already', relation: 'r1' } }],
          },
        ],
      },
    });
  });

  it('[CFG-37] is for who manages the configuration, of two that are there', () => {
    const items = new Items().make('web', 'server').make('twin', 'server');
    expect(items.run('ana', 'web', join('twin'))).toMatchObject({
      refusal: { code: 'configuration/not-permitted', permission: 'configuration.manage' },
    });
    expect(items.run('lea', 'web', join('web'))).toMatchObject({ refusal: { field: 'other' } });
    expect(items.run('lea', 'web', join('nowhere'))).toMatchObject({
      refusal: { code: 'configuration/no-such-item', item: 'nowhere' },
    });
  });

  it('[CFG-38] of two joinings the first stands; what is taken back stands for itself again', () => {
    const items = new Items().make('web', 'server').make('twin', 'server').make('other', 'server');
    items.do('lea', 'web', join('twin'));
    const refusal = { code: 'configuration/not-joinable', item: 'twin', state: 'retired', into: 'web' };
    expect(items.run('leo', 'twin', join('web'))).toMatchObject({ refusal });
    expect(items.run('leo', 'other', join('twin'))).toMatchObject({ refusal });
    items.do('lea', 'twin', { verb: 'step', from: 'retired', to: 'in_service', reason: 'It was another' });
    expect(items.at('twin').sameAs).toBeUndefined();
    items.do('lea', 'twin', { verb: 'step', from: 'in_service', to: 'retired' });
    items.do('lea', 'twin', { verb: 'step', from: 'retired', to: 'disposed' });
    expect(items.run('lea', 'web', join('twin'))).toMatchObject({
      refusal: { code: 'configuration/not-joinable', state: 'disposed', into: null },
    });
  });

  it('[CFG-37] loses no relation in silence, and makes none that is forbidden', () => {
    const classes = ['server', 'application', 'database', 'rack'];
    const types = [...governance.types.keys()];
    const anyItems = fc.array(fc.constantFrom(...classes), { minLength: 3, maxLength: 8 });
    const anyRelations = fc.array(fc.tuple(fc.constantFrom(...types), fc.nat(7), fc.nat(7)), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(anyItems, anyRelations, (chosen, wanted) => {
        const items = chosen.map((itemClass, place) => itemOf(`i${place}`, itemClass));
        const map = new DependencyMap(governance.types, items);
        for (const [place, [type, from, to]] of wanted.entries()) {
          const relation = { type, from: recordId(`i${from}`), to: recordId(`i${to}`) };
          if (faultOfRelation(map, relation, governance) === null)
            map.relate({ id: `r${place}`, ...relation });
        }
        const [stays, goes] = items as [ConfigurationItem, ConfigurationItem];
        const had = [...map.relationsOf(goes.id)];
        const others = relationsOf(map).filter(({ id }) => !had.some((each) => each.id === id));
        const { moved, dropped } = planJoin(stays, goes, { ...governance, map });
        expect([...moved, ...dropped].map(({ relation }) => relation).toSorted()).toEqual(
          had.map(({ id }) => id).toSorted(),
        );
        const after = new DependencyMap(governance.types, items, others);
        for (const { relation: id, as: type, from, to } of moved) {
          expect([from, to]).not.toContain(goes.id);
          expect(faultOfRelation(after, { type, from, to }, governance)).toBeNull();
          after.relate({ id, type, from, to });
        }
        expect([...map.relationsOf(goes.id)]).toEqual(had);
      }),
    );
  });
});

function relationsOf(map: DependencyMap) {
  const all = [...map.ids()].flatMap((id) => [...map.relationsOf(id)]);
  return [...new Map(all.map((relation) => [relation.id, relation])).values()];
}

function itemOf(id: string, itemClass: string): ConfigurationItem {
  return {
    ...{ id: recordId(id), version: 1, number: null, class: itemClass, name: id, state: 'in_service' },
    ...{ owner: null, team: null, criticality: null, attributes: {}, redundancy: [] },
    ...{ suspended: null, updatedAt: 0 },
  };
}
