/** What the readers of all formats have in common; each by itself is tested beside it. */
import { describe, expect, it } from 'vitest';
import { readBackstage } from './backstage.ts';
import { readCompose } from './compose.ts';
import { readCsv } from './csv.ts';
import { readNetBox } from './netbox.ts';
import { NotThatFormat } from './not-that-format.ts';
import { BOMB, MAPPING, NAMED } from './test-readers.ts';

describe('what a file has and cannot be taken', () => {
  it('[CFG-93] is named, so that nothing of it is said to be missing', () => {
    const table = 'Asset,Name,State\nA1,one,asleep\nA2,two,,,\n"A3","three" x,\nA4,four,\n';
    expect(readCsv(table, MAPPING, NAMED).untaken?.toSorted()).toEqual(['A1', 'A2', 'A3']);
    const late = `State,Name,Asset\nasleep,"${'n'.repeat(100)}" x,A5\n`;
    expect(readCsv(late, MAPPING, NAMED).untaken).toEqual(['A5']);
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

describe('a key with nothing after it', () => {
  it('[CFG-95] is a key left out', () => {
    const entity =
      'apiVersion: b/1\nkind: Component\nmetadata:\n  name: a\n  title:\nspec:\n  owner:\n  dependsOn:\n';
    const { items, faults } = readBackstage(entity, NAMED.people);
    expect([items.map(({ key }) => key), faults]).toEqual([['component:default/a'], []]);
    const compose = readCompose(
      'name:\nservices:\n  a:\n    image: x\n    network_mode:\n    depends_on:\n',
      'p',
    );
    expect([compose.items.map(({ key }) => key), compose.faults]).toMatchObject([
      ['service a', 'network default'],
      [],
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
});

describe('a file of YAML', () => {
  it(
    '[CFG-92] is read before anybody gives up where a map has many keys, and refused where one stands twice',
    { timeout: 60_000 },
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
