import { Answerable, DEFAULT_CLASSES } from '@muster/domain/configuration';
import { personId, teamId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import { readBackstage } from './backstage.ts';
import { readCompose } from './compose.ts';
import { readCsv } from './csv.ts';
import type { CsvMapping } from './csv.ts';
import { readNetBox } from './netbox.ts';
import { NotThatFormat } from './not-that-format.ts';

/** Ten to the eighth words in a few lines. */
const BOMB = Array.from('abcdefgh', (name, place) =>
  place === 0
    ? `a: &a [${Array(10).fill('x').join()}]`
    : `${name}: &${name} [${Array(10)
        .fill(`*${'abcdefgh'[place - 1]}`)
        .join()}]`,
).join('\n');

const NAMED = { classes: DEFAULT_CLASSES, people: new Answerable(null) };

const MAPPING: CsvMapping = {
  ...{ source: 'racks', class: 'server', identity: ['Asset'] },
  columns: {
    Name: { kind: 'name' },
    State: { kind: 'state' },
    Memory: { kind: 'attribute', attribute: 'memory_gb' },
    On: { kind: 'relation', type: 'hosted_on' },
  },
};

describe('a table', () => {
  it('[CFG-94] [CFG-92] takes the class of each row from its column, and says which rows name none', () => {
    const mapping: CsvMapping = {
      ...{ source: 'racks', class: '', identity: ['Asset'] },
      columns: { Name: { kind: 'name' }, Type: { kind: 'class' } },
    };
    const { items, faults } = readCsv('Asset,Name,Type\n1,web,Server\n2,what,\n', mapping, NAMED);
    expect(items.map(({ name, class: itemClass }) => [name, itemClass])).toEqual([['web', 'server']]);
    expect(faults).toMatchObject([{ line: 3, reason: 'it names no class' }]);
  });

  it('[CFG-94] relates rows by their names as well, where a name is of one row alone', () => {
    const text = ['Asset,Name,On', 'A1,web,rack', 'A2,db,twin', 'A3,rack,', 'A4,twin,', 'A5,twin,A3'].join(
      '\n',
    );
    const { relations, keysCalled } = readCsv(text, MAPPING, NAMED);
    expect(relations.map(({ from, to }) => [from, to])).toEqual([
      ['A1', 'A3'],
      ['A2', 'twin'],
      ['A5', 'A3'],
    ]);
    expect(keysCalled).toBe('Asset');
  });

  it('[CFG-93] [CFG-94] takes a row without a name, and says how a new one is called', () => {
    const { items, faults } = readCsv('Asset,Name\nA1,\n', MAPPING, NAMED);
    expect(faults).toEqual([]);
    expect(items).toMatchObject([
      { name: 'A1', isNamedByKey: true, without: ['it has no name: a new one is called "A1"'] },
    ]);
    const [unnamed] = readCsv('Asset\nA1\n', { ...MAPPING, columns: {} }, NAMED).items;
    expect(unnamed).toMatchObject({ name: 'A1', isNamedByKey: true });
    expect(unnamed?.without).toBeUndefined();
  });

  it('[CFG-94] keeps rows apart that several columns tell, whatever stands in them', () => {
    const mapping: CsvMapping = {
      source: 'racks',
      class: 'server',
      identity: ['Site', 'Asset'],
      columns: {},
    };
    const text = ['Site,Asset', 'a | b,c', 'a,b | c', 'a\\,b', 'a,\\ | b', 'Basel,R1'].join('\n');
    const { items, faults } = readCsv(text, mapping, NAMED);
    expect(faults).toEqual([]);
    expect(new Set(items.map(({ key }) => key)).size).toBe(5);
    expect(items[0]).toMatchObject({ key: 'a \\| b | c', name: 'a | b | c' });
    expect(items.at(-1)).toMatchObject({ key: 'Basel | R1', name: 'Basel | R1' });
  });

  it('[CFG-97] is read in no time where one line has a million quotes', { timeout: 5_000 }, () => {
    const text = `Asset\n${'"'.repeat(2_000_001)}\nA2`;
    const { items, faults } = readCsv(text, { ...MAPPING, columns: {} }, NAMED);
    expect(items.map(({ key }) => key)).toEqual(['A2']);
    expect(faults).toMatchObject([{ line: 2 }]);
  });

  it('[CFG-94] becomes items by its mapping, row by row, what is broken said with its line', () => {
    const text = [
      '\uFEFFAsset;Name;State;Memory;On',
      'A1;"web; one";in service;64;R1;R2',
      'A2;two;In Service;64;R1',
      ';three;in_service;1;',
      'A4;four;asleep;1;',
      'A5;five;;lots;',
      'A6;"six',
      'and a half";;1,5;"R1;R2"',
    ].join('\n');
    const read = readCsv(text, MAPPING, NAMED);
    expect(read.items).toEqual([
      {
        line: 3,
        key: 'A2',
        class: 'server',
        name: 'two',
        state: 'in_service',
        attributes: { memory_gb: 64 },
      },
      { line: 7, key: 'A6', class: 'server', name: 'six\nand a half', attributes: { memory_gb: 1.5 } },
    ]);
    expect(read.relations.map(({ line, from, to }) => `${line} ${from} ${to}`)).toEqual([
      '3 A2 R1',
      '7 A6 R1',
      '7 A6 R2',
    ]);
    expect(read.faults.map(({ line, what, reason }) => `${line} ${what}: ${reason}`)).toEqual([
      '2 A1: it has 6 columns and the head 5',
      '4 , three, in_service, 1, : a column that tells which item it is, is empty',
      '5 A4: there is no state "asleep"; there are Planned, Ordered, In stock, In implementation, In service, In maintenance, Retired, Disposed',
      '6 A5: "lots" does not fit "Memory (GB)"',
    ]);
  });

  it('[CFG-101] [CFG-102] a row whose owner is not known is taken without one, and states are read as they are called', () => {
    const columns = { State: { kind: 'state' }, Owner: { kind: 'owner' } } as const;
    const read = readCsv('Asset;State;Owner\nA1;In Implementation;Ann', { ...MAPPING, columns }, NAMED);
    expect(read.items).toMatchObject([{ key: 'A1', state: 'implementation' }]);
    expect(read.items[0]).not.toHaveProperty('owner');
    expect(read.faults).toEqual([]);
    expect(read.items[0]?.without).toEqual([expect.stringContaining('may not read the directory')]);
  });

  it('[CFG-94] says of a number that can be read in two ways that it can, and reads those that cannot', () => {
    const read = readCsv('Asset;Memory\nA1;1,234\nA2;1,5\nA3;1234\nA4;0,125', MAPPING, NAMED);
    expect(read.items.map(({ key, attributes }) => [key, attributes['memory_gb']])).toEqual([
      ['A2', 1.5],
      ['A3', 1234],
      ['A4', 0.125],
    ]);
    expect(read.faults).toMatchObject([
      {
        what: 'A1',
        reason: '"1,234" of "Memory (GB)" may be a fraction or thousands: write it without the comma',
      },
    ]);
  });

  it('[CFG-94] columns without a head, as spreadsheets leave them, do not stand in the way', () => {
    const read = readCsv('Asset,Name,,\nA1,one,,\n', MAPPING, NAMED);
    expect(read).toMatchObject({ items: [{ key: 'A1', name: 'one' }], faults: [] });
  });

  it('[CFG-97] a badly quoted row costs its own line; what stands behind it is taken', () => {
    const text = [
      ...['Asset,Name', 'A1,"one', 'A2,two', 'A3,"three" and more', 'A4,4" disk', 'A5,"five ""V"""'],
      ...['A6,"never', 'A7,seven'],
    ].join('\r\n');
    const read = readCsv(text, MAPPING, NAMED);
    expect(read.items.map(({ line, key, name }) => [line, key, name])).toEqual([
      [3, 'A2', 'two'],
      [6, 'A5', 'five "V"'],
      [8, 'A7', 'seven'],
    ]);
    expect(read.faults).toEqual([
      { line: 2, what: 'A1,"one', reason: 'something stands behind a closing quote' },
      { line: 4, what: 'A3,"three" and more', reason: 'something stands behind a closing quote' },
      { line: 5, what: 'A4,4" disk', reason: 'a quote stands inside a cell that does not begin with one' },
      { line: 7, what: 'A6,"never', reason: 'a quote is opened and never closed' },
    ]);
  });

  it.each([
    ['', 'The file is empty.'],
    ['Asset,Name,Name\nA1,one,two', 'The file has more than one column "Name"'],
    ['Asset,"Name\nA1,one', 'The head of the table cannot be read: a quote is opened and never closed.'],
    [`Asset${',x'.repeat(1_000)}`, 'The file has more than 1000 columns.'],
    [`Asset${'\nA1'.repeat(100_001)}`, 'The file has more than 100000 rows'],
    ['Name\nx', 'The file has no column "Asset", which tells its rows apart.'],
  ])('[CFG-94] a table that cannot be read as one is refused as a whole, in words: %#', (text, words) => {
    expect(() => readCsv(text, MAPPING, NAMED)).toThrow(words);
  });
});

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

describe('what a file has and cannot be taken', () => {
  it('[CFG-93] is named, so that nothing of it is said to be missing', () => {
    const table = 'Asset,Name,State\nA1,one,asleep\nA2,two,,,\n"A3","three" x,\nA4,four,\n';
    expect(readCsv(table, MAPPING, NAMED).untaken?.toSorted()).toEqual(['A1', 'A2', 'A3']);
    const compose = readCompose('services: { a: { image: [1] } }\nnetworks: { back: {} }', 'p');
    expect(compose.untaken).toEqual(['service a', 'network default', 'network back']);
    const site = { model: 'dcim.site', pk: 1, fields: { name: 'S', status: 'retired' } };
    expect(readNetBox(JSON.stringify([site])).untaken).toEqual(['dcim.site 1']);
    const entity = (name: string, spec: string) =>
      `apiVersion: b/1\nkind: Component\nmetadata: { name: ${name} }\nspec: ${spec}\n`;
    const catalogue = [entity('a', '{ lifecycle: deprecated }'), entity('b', '{ dependsOn: 3 }')];
    expect(readBackstage(catalogue.join('---\n'), NAMED.people).untaken?.toSorted()).toEqual([
      'component:default/a',
      'component:default/b',
    ]);
  });
});

describe('files that are none of it', () => {
  it.each([
    [() => readCompose('a: [', 'x'), /no YAML/],
    [() => readCompose('networks: {}', 'x'), /no services/],
    [() => readNetBox('{'), /no JSON/],
    [() => readNetBox('[{"model":"x"}, 3]'), /no sites/],
    [() => readBackstage('just: text', NAMED.people), /no entity/],
    [() => readCompose(`${BOMB}\nservices: {}`, 'x'), /cannot be read: Excessive alias count/],
    [() => readCompose('services: { a: *nobody }', 'x'), /cannot be read: Unresolved alias/],
    [() => readCompose(`services: ${'['.repeat(20_000)}`, 'x'), /no YAML/],
    [() => readBackstage(BOMB, NAMED.people), /no entity/],
    [() => readNetBox('[{"model":"constructor","pk":1,"fields":{}}]'), /no sites/],
  ] as const)('[CFG-92] are refused as a whole, in words', (read, words) => {
    let thrown: unknown = null;
    try {
      read();
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(NotThatFormat);
    expect(String(thrown)).toMatch(words);
  });

  it('[CFG-92] aliases that stand for little are followed', () => {
    const text = 'x-a: &a { image: x }\nservices:\n  b: *a\n  c: { <<: *a, depends_on: [b] }\n';
    expect(readCompose(text, 'p').items).toMatchObject([
      { key: 'service b', attributes: { image: 'x' } },
      { key: 'service c', attributes: { image: 'x' } },
      { key: 'network default' },
    ]);
  });

  it('[CFG-92] a document of a catalogue whose aliases stand for too much is said, and the others taken', () => {
    const one = 'apiVersion: v1\nkind: Component\nmetadata: { name: a }\n';
    const read = readBackstage(`${one}---\n${BOMB}\n`, NAMED.people);
    expect(read.items.map(({ name }) => name)).toEqual(['a']);
    expect(read.faults).toEqual([
      { line: 5, what: 'a document', reason: expect.stringContaining('Excessive alias count') },
    ]);
  });

  it('[CFG-90] what of an inventory becomes no item is counted by its kind, the most first', () => {
    const each = (model: string, pk: number) => ({ model, pk, fields: { name: `${model} ${pk}` } });
    const models = [
      'dcim.site',
      'ipam.ipaddress',
      'dcim.interface',
      'dcim.interface',
      'tenancy.tenant',
      'own.thing',
    ];
    expect(readNetBox(JSON.stringify(models.map(each))).unread).toEqual([
      { kind: 'interfaces', count: 2 },
      ...['IP addresses', 'own.thing', 'tenants'].map((kind) => ({ kind, count: 1 })),
    ]);
  });

  it('[CFG-115] rooms stand on rooms and buildings, and racks by any of their feeds where one is spare', () => {
    const record = (model: string, pk: number, fields: object) => ({
      model,
      pk,
      fields: { name: `${pk}`, ...fields },
    });
    const { items, relations } = readNetBox(
      JSON.stringify([
        record('dcim.site', 1, {}),
        record('dcim.location', 2, { site: 1, parent: null }),
        record('dcim.location', 3, { site: 1, parent: 2 }),
        record('dcim.rack', 4, { site: 1, location: 3 }),
        record('dcim.rack', 5, { site: 1 }),
        record('dcim.powerfeed', 6, { rack: 4, type: 'primary' }),
        record('dcim.powerfeed', 7, { rack: 4, type: 'redundant' }),
        record('dcim.powerfeed', 8, { rack: 5, type: 'primary' }),
      ]),
    );
    const where = relations.flatMap(({ type, from, to }) => (type === 'hosted_on' ? [[from, to]] : []));
    expect(where).toEqual([
      ['dcim.location 2', 'dcim.site 1'],
      ['dcim.location 3', 'dcim.location 2'],
      ['dcim.rack 4', 'dcim.location 3'],
      ['dcim.rack 5', 'dcim.site 1'],
    ]);
    expect(
      items.flatMap(({ key, redundancy }) => (redundancy === undefined ? [] : [[key, redundancy]])),
    ).toEqual([['dcim.rack 4', [{ relation: 'powered_by', by: 'count', minimum: 1 }]]]);
  });

  it('[CFG-95] words that every object has are words like others', () => {
    const catalogue =
      'apiVersion: v1\nkind: Component\nmetadata: { name: a }\nspec: { lifecycle: constructor }';
    expect(readBackstage(catalogue, NAMED.people).items[0]).not.toHaveProperty('state');
    const compose = readCompose('services: { a: { networks: [constructor] } }', 'p');
    expect(compose.items.map(({ name }) => name)).toEqual(['a', 'p_constructor']);
    const site = { model: 'dcim.site', pk: 1, fields: { name: 'S', status: 'constructor' } };
    const netbox = readNetBox(JSON.stringify([site, { ...site, model: 'constructor' }]));
    expect(netbox.items.map(({ name, state }) => [name, state])).toEqual([['S', undefined]]);
  });

  it('[CFG-95] a service that has the network of its host, of another or none is in none of the file', () => {
    const modes = ['host', 'none', 'service:web'].map(
      (mode, place) => `  s${place}: { network_mode: '${mode}' }\n`,
    );
    const read = readCompose(`services:\n  web: {}\n${modes.join('')}`, 'p');
    expect(read.relations.map(({ type, from, to }) => [type, from, to])).toEqual([
      ['connects_to', 'service web', 'network default'],
      ['depends_on', 'service s2', 'service web'],
    ]);
  });

  it('[CFG-92] services of a Compose file that are none are said, and the others taken', () => {
    const read = readCompose('services:\n  a: { image: x, depends_on: [b] }\n  b: { image: [1] }\n', 'p');
    expect(read.items.map(({ key }) => key)).toEqual(['service a', 'network default']);
    expect(read.faults).toMatchObject([{ line: 3, what: 'b' }]);
  });
});

describe('a file of YAML', () => {
  it(
    '[CFG-92] is read in no time where a map has many keys, and refused where one stands twice',
    { timeout: 10_000 },
    () => {
      const services = Array.from({ length: 20_000 }, (_, place) => `  s${place}: {}`).join('\n');
      const { items } = readCompose(`services:\n${services}\n`, 'x');
      expect(items[19_999]).toMatchObject({ name: 's19999', line: 20_001 });
      expect(() => readCompose('services:\n  a: {}\n  b: {}\n  a: {}\n', 'x')).toThrow(
        'The file is no YAML: the key "a" stands twice in one map, again in line 4',
      );
      const entity = 'apiVersion: b/1\nkind: Component\nmetadata:\n  name: shop\n';
      const {
        items: [shop],
        faults,
      } = readBackstage(`${entity}---\n${entity}kind: API\n`, NAMED.people);
      expect(shop).toMatchObject({ name: 'shop' });
      expect(faults).toMatchObject([{ reason: expect.stringContaining('"kind" stands twice') as string }]);
    },
  );
});
