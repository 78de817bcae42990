/** The imports of the real files, without a store: what they would make, and that the second time nothing is left to do. */
import {
  DEFAULT_CLASSES,
  DEFAULT_RELATION_TYPES,
  DependencyMap,
  impactOf,
  planImport,
} from '@muster/domain/configuration';
import type { ConfigurationItem, Imported, ImportPlan, Present } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { ItemId } from '@muster/domain/shared';
import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { stableId } from '../stable-id.ts';
import { readCompose } from './compose.ts';
import { readNetBox } from './netbox.ts';

const DATA = new URL('../../../../../shared/data/', import.meta.url);
const NETBOX = new URL('netbox/netbox-demo-v3.6.json.gz', DATA);
const COMPOSE = new URL('otel-demo/compose.yaml', DATA);
const WHY = 'the real files are not here';

function present(source: string, plan?: ImportPlan): Present {
  const made = plan?.made ?? [];
  const items = made.map(({ id, from }): ConfigurationItem => ({
    ...{
      id,
      version: 1,
      number: null,
      class: from.class,
      name: from.name.trim(),
      state: from.state ?? 'in_service',
    },
    ...{ owner: null, team: null, criticality: from.criticality ?? null, attributes: from.attributes },
    ...{ redundancy: from.redundancy ?? [], suspended: null, updatedAt: 0 },
  }));
  return {
    ...{ classes: DEFAULT_CLASSES, types: DEFAULT_RELATION_TYPES },
    items: new Map(items.map((item) => [item.id, item])),
    relations: (plan?.related ?? []).map((each, place) => ({ id: String(place), ...each })),
    known: new Map(made.map(({ id, from }) => [from.key, id])),
    idOf: (key): ItemId => recordId(stableId(source, 'item', key)),
    isOwn: () => false,
  };
}

function twice(imported: Imported): readonly [ImportPlan, ImportPlan] {
  const first = planImport(imported, present(imported.source));
  return [first, planImport(imported, present(imported.source, first))];
}

describe('the real files', () => {
  it.skipIf(!existsSync(NETBOX))(
    `[CFG-93] NetBox's inventory is made whole, and left alone the second time (skipped where ${WHY})`,
    () => {
      const text = gunzipSync(readFileSync(NETBOX)).toString('utf8');
      const records = JSON.parse(text) as readonly {
        readonly model: string;
        readonly fields: { readonly status?: string };
      }[];
      const count = (model: string): number => records.filter((each) => each.model === model).length;
      const [first, second] = twice(readNetBox(text));
      const made = (itemClass: string): number =>
        first.made.filter(({ from }) => from.class === itemClass).length;
      expect(made('location')).toBe(count('dcim.site') + count('dcim.location'));
      expect(made('rack')).toBe(count('dcim.rack'));
      expect(made('cluster')).toBe(count('virtualization.cluster'));
      const away = first.faults.filter(({ reason }) => reason.startsWith('it is de')).length;
      expect(
        made('virtual_machine') +
          made('server') +
          made('network_device') +
          made('power_feed') +
          made('circuit') +
          away,
      ).toBe(
        ['virtualization.virtualmachine', 'dcim.device', 'dcim.powerfeed', 'circuits.circuit'].reduce(
          (sum, model) => sum + count(model),
          0,
        ),
      );
      expect(first.related.length).toBeGreaterThan(300);
      expect(first.faults.filter(({ reason }) => !reason.startsWith('it is de'))).toEqual([]);
      expect(second).toMatchObject({ made: [], changed: [], related: [], gone: [] });
      expect(second.left).toHaveLength(first.made.length);
      expect(second.relationsLeft).toBe(first.related.length);
    },
  );

  it.skipIf(!existsSync(NETBOX))(
    `[CFG-115] what NetBox says falls with its site, its circuit and the last of its feeds (skipped where ${WHY})`,
    () => {
      const imported = readNetBox(gunzipSync(readFileSync(NETBOX)).toString('utf8'));
      const { items, relations, types } = present(
        imported.source,
        planImport(imported, present(imported.source)),
      );
      const map = new DependencyMap(types, items.values(), relations);
      const called = new Map([...items.values()].map(({ id, name }) => [name, id]));
      const idOf = (name: string): ItemId => called.get(name) ?? recordId('');
      const impact = (...names: readonly string[]) => {
        const { down, weakened } = impactOf(map, { down: names.map(idOf) });
        const nameOf = (id: ItemId): string => items.get(id)?.name ?? id;
        return { down: [...down.keys()].map(nameOf), weakened: [...weakened.keys()].map(nameOf) };
      };
      const hosted = (where: string): readonly string[] =>
        relations.flatMap(({ type, from, to }) =>
          type === 'hosted_on' && to === idOf(where) ? [items.get(from)?.name ?? from] : [],
        );

      const [feed, other] = ['P1-6A (R106)', 'P2-6B (R106)'];
      expect(impact(feed)).toEqual({ down: [feed], weakened: ['R106 (MDF)'] });
      const inRack = ['R106 (MDF)', ...hosted('R106 (MDF)')];
      expect(inRack.length).toBeGreaterThan(1);
      expect(impact(feed, other).down).toEqual(expect.arrayContaining(inRack));

      const rows = ['Row 1', 'Row 2', 'Row 3', 'Row 4'];
      const racks = rows.flatMap(hosted).filter((name) => /^R\d+ /.test(name));
      expect(racks.length).toBeGreaterThan(20);
      const running = racks.filter((name) => items.get(idOf(name))?.state === 'in_service');
      expect(impact('MDF').down).toEqual(expect.arrayContaining([...rows, ...running, ...inRack]));

      expect(impact('KKDG4923').down).toContain('dmi01-akron-rtr01');
      expect(impact('dmi01-akron-rtr01').down).not.toContain('KKDG4923');
    },
  );

  it.skipIf(!existsSync(COMPOSE))(
    `[CFG-93] [CFG-118] a Compose file is made whole, with what depends on what, and left alone the second time (skipped where ${WHY})`,
    () => {
      const text = readFileSync(COMPOSE, 'utf8');
      const [first, second] = twice(readCompose(text, 'otel-demo'));
      const services = [...text.matchAll(/^ {2}([a-z][\w-]*):\s*$/gm)].map(([, name]) => name);
      for (const { from } of first.made)
        if (from.class === 'container') expect(services).toContain(from.key.replace('service ', ''));
      const checkout = first.made.find(({ from }) => from.key === 'service checkout');
      const cart = first.made.find(({ from }) => from.key === 'service cart');
      expect(checkout?.from.criticality).toBe(1);
      expect(cart?.from).toMatchObject({ criticality: 2, name: 'cart' });
      expect(text.split('\n')[(cart?.from.line ?? 0) - 1]).toBe('  cart:');
      expect(first.related).toContainEqual({ type: 'depends_on', from: checkout?.id, to: cart?.id });
      // its image is put together of variables that are in another file
      expect(cart?.from.attributes).toEqual({});
      expect(first.partly).toContainEqual({
        line: cart?.from.line,
        what: 'service cart',
        reason:
          'without its image: what the variables IMAGE_NAME and DEMO_VERSION stand for is not in the file',
      });
      for (const { from } of first.made)
        expect(JSON.stringify([from.name, from.attributes])).not.toContain('${');
      expect(second).toMatchObject({ made: [], changed: [], related: [], gone: [] });
    },
  );
});
