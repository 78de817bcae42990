import { Answerable } from '@muster/domain/configuration';
import { personId, teamId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { readBackstage } from './backstage.ts';
import { BOMB, NAMED } from './test-readers.ts';

describe('a Backstage catalogue', () => {
  it('[CFG-95] becomes items and relations, its references read as it reads them; other documents are said', () => {
    const text = `
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: Cart, annotations: { backstage.io/source-location: 'url:https://git.test/cart/' } }
spec: { type: service, lifecycle: production, system: shop, dependsOn: ['resource:db', component:other/pay], consumesApis: [prices], providesApis: [cart-api] }
---
apiVersion: backstage.io/v1alpha1
kind: Resource
metadata: { name: db, title: The database }
spec: { type: database }
---
kind: Component
metadata: {}
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: team-a }
---
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: old }
spec: { type: service, lifecycle: deprecated }
`;
    const read = readBackstage(text, NAMED.people);
    expect(read.items).toEqual([
      {
        ...{
          line: 2,
          key: 'component:default/cart',
          class: 'application',
          name: 'Cart',
          state: 'in_service',
        },
        attributes: { repository: 'https://git.test/cart/' },
      },
      { line: 7, key: 'resource:default/db', class: 'database', name: 'The database', attributes: {} },
    ]);
    expect(read.relations.map(({ type, from, to }) => `${from} ${type} ${to}`)).toEqual([
      'component:default/cart depends_on resource:default/db',
      'component:default/cart depends_on component:other/pay',
      'component:default/cart uses api:default/prices',
      'api:default/cart-api depends_on component:default/cart',
      'system:default/shop contains component:default/cart',
    ]);
    expect(read.faults.map(({ what }) => what)).toEqual(['a document', 'old']);
    expect(read.unread).toEqual([{ kind: 'groups', count: 1 }]);
  });

  it('[CFG-92] a document of a catalogue whose aliases stand for too much is said, and the others taken', () => {
    const one = 'apiVersion: v1\nkind: Component\nmetadata: { name: a }\n';
    const read = readBackstage(`${one}---\n${BOMB}\n`, NAMED.people);
    expect(read.items.map(({ name }) => name)).toEqual(['a']);
    expect(read.faults).toEqual([
      { line: 5, what: 'a document', reason: expect.stringContaining('Excessive alias count') },
    ]);
  });
});

describe('whose an entity of a catalogue is', () => {
  const people = new Answerable({
    people: new Map([
      [
        personId('ann'),
        {
          ...{ id: personId('ann'), name: 'Ann Abel', email: 'ann@desk.test' },
          ...{ roles: [], teams: [], active: true, vip: false },
        },
      ],
    ]),
    teams: new Map([[teamId('net'), { id: teamId('net'), name: 'Network', members: [], lead: null }]]),
  });
  const entity = (kind: string, name: string, spec: string) =>
    `apiVersion: b/1\nkind: ${kind}\nmetadata: { name: ${name} }\nspec: ${spec}\n`;

  it('[CFG-114] is a team by the name of its group or a person by the mail address of their user, or said', () => {
    const catalogue = [
      entity('Component', 'a', '{ owner: net-crew }'),
      entity('Component', 'b', '{ owner: "user:aabel" }'),
      entity('Component', 'c', '{ owner: network }'),
      entity('Component', 'd', '{ owner: nobody }'),
      entity('Group', 'net-crew', '{ profile: { displayName: Network } }'),
      entity('User', 'aabel', '{ profile: { email: ann@desk.test } }'),
    ];
    const read = readBackstage(catalogue.join('---\n'), people);
    expect(read.items.map(({ owner, team, without }) => [owner, team, without])).toEqual([
      [undefined, 'net', undefined],
      ['ann', undefined, undefined],
      [undefined, 'net', undefined],
      [undefined, undefined, ['there is no team "nobody"; no team is read from the row']],
    ]);
    expect(read.faults).toEqual([]);
  });

  it('[CFG-95] what it says it is needed by depends on it', () => {
    const text = entity('Resource', 'db', '{ dependencyOf: [cart, "component:other/pay"] }');
    expect(readBackstage(text, people).relations.map(({ type, from, to }) => [type, from, to])).toEqual([
      ['depends_on', 'component:default/cart', 'resource:default/db'],
      ['depends_on', 'component:other/pay', 'resource:default/db'],
    ]);
  });
});
