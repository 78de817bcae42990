import { DEFAULT_CLASSES } from '@muster/domain/configuration';
import { describe, expect, it } from 'vitest';
import { readBackstage } from './backstage.ts';
import { readCompose } from './compose.ts';
import { readCsv } from './csv.ts';
import type { CsvMapping } from './csv.ts';
import { readNetBox } from './netbox.ts';

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
    const read = readCsv(text, MAPPING, DEFAULT_CLASSES);
    expect(read.items).toEqual([
      {
        line: 3,
        key: 'A2',
        class: 'server',
        name: 'two',
        state: 'in_service',
        attributes: { memory_gb: 64 },
      },
      { line: 8, key: 'A6', class: 'server', name: 'six\nand a half', attributes: { memory_gb: 1.5 } },
    ]);
    expect(read.relations.map(({ line, from, to }) => `${line} ${from} ${to}`)).toEqual([
      '3 A2 R1',
      '8 A6 R1',
      '8 A6 R2',
    ]);
    expect(read.faults.map(({ line, what, reason }) => `${line} ${what}: ${reason}`)).toEqual([
      '2 A1: it has 6 columns and the head 5',
      '4 , three, in_service, 1, : a column that tells which item it is, is empty',
      expect.stringMatching(/^5 A4: there is no state "asleep"/),
      '6 A5: "lots" does not fit "Memory (GB)"',
    ]);
  });

  it.each([
    ['', 'The file is empty.'],
    ['Name\nx', 'The file has no column "Asset", which tells its rows apart.'],
  ])('[CFG-94] %j is refused as a whole, in words', (text, words) => {
    expect(() => readCsv(text, MAPPING, DEFAULT_CLASSES)).toThrow(words);
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
    const read = readBackstage(text);
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
  });
});

describe('files that are none of it', () => {
  it.each([
    [() => readCompose('a: [', 'x'), /no YAML/],
    [() => readCompose('networks: {}', 'x'), /no services/],
    [() => readNetBox('{'), /no JSON/],
    [() => readNetBox('[{"model":"x"}, 3]'), /no sites/],
    [() => readBackstage('just: text'), /no entity/],
    [
      () =>
        readCompose(
          `a: &a [x]\nb: &b [*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b]\n${'d: [*c,*c]\n'}services: {}`,
          'x',
        ),
      null,
    ],
  ] as const)('[CFG-92] are refused as a whole, in words', (read, words) => {
    if (words === null) expect(read()).toMatchObject({ items: [] });
    else expect(read).toThrow(words);
  });

  it('[CFG-92] services of a Compose file that are none are said, and the others taken', () => {
    const read = readCompose('services:\n  a: { image: x, depends_on: [b] }\n  b: { image: [1] }\n', 'p');
    expect(read.items.map(({ key }) => key)).toEqual(['service a', 'network default']);
    expect(read.faults).toMatchObject([{ line: 3, what: 'b' }]);
  });
});
