import { describe, expect, it } from 'vitest';
import { readNetBox } from './netbox.ts';

describe('an inventory of NetBox', () => {
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
    // [CFG-116] what earlier versions read instead
    expect(
      relations.flatMap(({ instead = [] }) => instead.map(({ type, from, to }) => [type, from, to])),
    ).toEqual([
      ['contains', 'dcim.site 1', 'dcim.location 2'],
      ['contains', 'dcim.site 1', 'dcim.location 3'],
      ['contains', 'dcim.location 2', 'dcim.location 3'],
    ]);
    expect(
      items.flatMap(({ key, redundancy }) => (redundancy === undefined ? [] : [[key, redundancy]])),
    ).toEqual([['dcim.rack 4', [{ relation: 'powered_by', by: 'count', minimum: 1 }]]]);
  });
});
