/**
 * NetBox's inventory as its export of data (`dumpdata`): sites and locations, racks, devices, power feeds, clusters,
 * virtual machines, circuits and prefixes, and how they hang together.
 */
import type {
  AttributeValues,
  Imported,
  ImportedItem,
  ImportedRelation,
  ItemState,
  Redundancy,
  RelatedKeys,
  RowFault,
} from '@muster/domain/configuration';
import { z } from 'zod';
import { NotThatFormat } from './not-that-format.ts';
import { sourceOf } from './source-of.ts';
import { kindsOf, modelWords } from './unread-kinds.ts';

const row = z.looseObject({
  model: z.string(),
  pk: z.union([z.number(), z.string()]),
  fields: z.record(z.string(), z.unknown()),
});

type Fields = Readonly<Record<string, unknown>>;

/** What each model becomes: its class, its name, and what it says of itself. */
interface Shape {
  readonly class: (fields: Fields, book: Book) => string;
  readonly name: (fields: Fields, book: Book) => string;
  readonly attributes?: (fields: Fields, book: Book) => AttributeValues;
  readonly redundancy?: (key: string, book: Book) => readonly Redundancy[];
  readonly relations?: (fields: Fields, key: string, book: Book) => readonly Omit<ImportedRelation, 'line'>[];
}

const of = (constant: string) => () => constant;
const text = (value: unknown): string =>
  typeof value === 'string' ? value.trim() : typeof value === 'number' ? String(value) : '';
const named = (fields: Fields): string => text(fields['name']);

const SHAPES: Readonly<Record<string, Shape>> = {
  'dcim.site': { class: of('location'), name: named },
  'dcim.location': {
    ...{ class: of('location'), name: named },
    // a room falls with its building
    relations: (fields, key) => {
      const [inside, site] = [fields['parent'], fields['site']];
      const instead = [...contained('dcim.site', site, key), ...contained('dcim.location', inside, key)];
      return placed({ location: inside, site }, key).map((each) => ({ ...each, instead }));
    },
  },
  'dcim.rack': {
    ...{ class: of('rack'), name: (fields, book) => within(fields, book, named(fields)) },
    attributes: (fields) => said({ serial: text(fields['serial']), units: numberOf(fields['u_height']) }),
    redundancy: (key, book) =>
      book.hasSpareFeed(key) ? [{ relation: 'powered_by', by: 'count', minimum: 1 }] : [],
    relations: (fields, key) => placed(fields, key),
  },
  'dcim.device': {
    class: (fields, book) =>
      classOfDevice(book.name('dcim.devicerole', fields['role'] ?? fields['device_role'])),
    name: (fields, book) =>
      named(fields) ||
      within(fields, book, book.field('dcim.devicetype', fields['device_type'], 'model') || 'device'),
    attributes: (fields, book) => {
      const type = book.fields('dcim.devicetype', fields['device_type']);
      return said({
        serial: text(fields['serial']),
        model: text(type?.['model']),
        vendor: book.name('dcim.manufacturer', type?.['manufacturer']),
        address: book.addressOf(fields['primary_ip4'] ?? fields['primary_ip6']),
        version: book.name('dcim.platform', fields['platform']),
      });
    },
    relations: (fields, key) =>
      isSet(fields['rack'])
        ? [{ type: 'hosted_on', from: key, to: keyOf('dcim.rack', fields['rack']) }]
        : placed(fields, key),
  },
  'dcim.powerfeed': {
    ...{
      class: of('power_feed'),
      name: (fields, book) => beside(named(fields), book.name('dcim.rack', fields['rack'])),
    },
    relations: (fields, key) =>
      isSet(fields['rack'])
        ? [{ type: 'powered_by', from: keyOf('dcim.rack', fields['rack']), to: key }]
        : [],
  },
  'virtualization.cluster': {
    class: of('cluster'),
    name: named,
    relations: (fields, key) => placed(fields, key),
  },
  'virtualization.virtualmachine': {
    ...{
      class: of('virtual_machine'),
      name: (fields, book) => beside(named(fields), book.name('virtualization.cluster', fields['cluster'])),
    },
    attributes: (fields, book) =>
      said({
        address: book.addressOf(fields['primary_ip4'] ?? fields['primary_ip6']),
        version: book.name('dcim.platform', fields['platform']),
      }),
    relations: (fields, key) =>
      isSet(fields['device'])
        ? [{ type: 'runs_on', from: key, to: keyOf('dcim.device', fields['device']) }]
        : isSet(fields['cluster'])
          ? [{ type: 'runs_on', from: key, to: keyOf('virtualization.cluster', fields['cluster']) }]
          : [],
  },
  'circuits.circuit': {
    ...{ class: of('circuit'), name: (fields) => text(fields['cid']) },
    attributes: (fields, book) => said({ provider: book.name('circuits.provider', fields['provider']) }),
  },
  'ipam.prefix': {
    ...{
      class: of('network'),
      name: (fields, book) => beside(text(fields['prefix']), book.name('ipam.vrf', fields['vrf'])),
    },
    attributes: (fields) => said({ prefix: text(fields['prefix']) }),
  },
};

const STATES: Readonly<Record<string, ItemState>> = {
  ...{ active: 'in_service', connected: 'in_service', container: 'in_service', available: 'in_stock' },
  ...{
    planned: 'planned',
    staged: 'implementation',
    provisioning: 'implementation',
    staging: 'implementation',
  },
  ...{ inventory: 'in_stock', offline: 'maintenance', failed: 'maintenance', reserved: 'planned' },
};

/** Gone in the source: not brought in, and said. */
const OVER = new Set(['decommissioning', 'decommissioned', 'deprecated', 'retired']);

/** Begins each text of a sequence of JSON texts (RFC 7464). No JSON has it in itself. */
const RECORD_SEPARATOR = '\u001E';

/**
 * @param json One export, or several one after another as RFC 7464 has it
 * @param name Which NetBox it is of, where there are several: the keys of one mean something else in another
 * @throws NotThatFormat When it is no such export at all
 */
export function readNetBox(json: string, name: string | null = null): Imported {
  const parsed = textsOf(json).flatMap(recordsOf);
  const faults: RowFault[] = [];
  const rows = parsed.flatMap((each, place) => {
    const read = row.safeParse(each);
    if (read.success) return [read.data];
    faults.push({ line: null, what: `record ${place + 1}`, reason: 'it has no model, key and fields' });
    return [];
  });
  if (!rows.some(({ model }) => Object.hasOwn(SHAPES, model)))
    throw new NotThatFormat('The file has no sites, racks, devices or virtual machines of NetBox.');
  const book = new Book(rows);
  const items: ImportedItem[] = [];
  const relations: ImportedRelation[] = [];
  const [unread, untaken]: [string[], string[]] = [[], []];
  for (const { model, pk, fields } of rows) {
    // models and states are words of the file, which may be those of any object
    const shape = Object.hasOwn(SHAPES, model) ? SHAPES[model] : undefined;
    if (shape === undefined) {
      unread.push(modelWords(model));
      continue;
    }
    const [key, name, status] = [keyOf(model, pk), shape.name(fields, book), text(fields['status'])];
    if (OVER.has(status)) {
      untaken.push(key);
      faults.push({ line: null, what: name || key, reason: `it is ${status} in NetBox` });
      continue;
    }
    const state = Object.hasOwn(STATES, status) ? STATES[status] : undefined;
    const redundancy = shape.redundancy?.(key, book) ?? [];
    items.push({
      ...{ line: null, key, name, class: shape.class(fields, book) },
      ...(redundancy.length === 0 ? {} : { redundancy }),
      ...(state === undefined ? {} : { state }),
      attributes: shape.attributes?.(fields, book) ?? {},
    });
    for (const each of shape.relations?.(fields, key, book) ?? []) relations.push({ line: null, ...each });
  }
  for (const each of cabled(rows)) relations.push({ line: null, ...each });
  const source = sourceOf('netbox', name);
  return { source, items, relations, faults, untaken, unread: kindsOf(unread) };
}

function textsOf(json: string): readonly string[] {
  return json.startsWith(RECORD_SEPARATOR) ? json.slice(1).split(RECORD_SEPARATOR) : [json];
}

function recordsOf(json: string, place: number, all: readonly string[]): readonly unknown[] {
  const which = all.length > 1 ? `File ${place + 1}` : 'The file';
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw new NotThatFormat(`${which} is no JSON.`);
  }
  if (!Array.isArray(parsed))
    throw new NotThatFormat(`${which} is no list of records as NetBox exports them.`);
  return parsed;
}

const keyOf = (model: string, pk: unknown): string => `${model} ${text(pk)}`;
const isSet = (value: unknown): boolean => value !== null && value !== undefined && value !== '';
const beside = (name: string, where: string): string => (where === '' ? name : `${name} (${where})`);

function within(fields: Fields, book: Book, name: string): string {
  return beside(name, book.name('dcim.site', fields['site']));
}

function contained(model: string, pk: unknown, key: string): readonly RelatedKeys[] {
  return isSet(pk) ? [{ type: 'contains', from: keyOf(model, pk), to: key }] : [];
}

/** In its location where it has one, else in its site. */
function placed(fields: Fields, key: string): readonly Omit<ImportedRelation, 'line'>[] {
  if (isSet(fields['location']))
    return [{ type: 'hosted_on', from: key, to: keyOf('dcim.location', fields['location']) }];
  return isSet(fields['site'])
    ? [{ type: 'hosted_on', from: key, to: keyOf('dcim.site', fields['site']) }]
    : [];
}

function said(values: Readonly<Record<string, string | number | null>>): AttributeValues {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) =>
      value === '' || value === null ? [] : [[name, value] as const],
    ),
  );
}

function numberOf(value: unknown): number | null {
  const number = Number(text(value));
  return text(value) !== '' && Number.isFinite(number) ? number : null;
}

function classOfDevice(role: string): string {
  if (/router|switch|firewall|access point|wireless|load balancer|patch/i.test(role)) return 'network_device';
  if (/pdu|ups|power/i.test(role)) return 'power_feed';
  if (/storage|san|nas/i.test(role)) return 'storage';
  return 'server';
}

/** The records by model and key, for what they say of each other. */
class Book {
  readonly #byKey = new Map<string, Fields>();
  /** Racks with a feed that stands in for another. */
  readonly #spareFed = new Set<string>();

  constructor(rows: readonly z.infer<typeof row>[]) {
    for (const { model, pk, fields } of rows) {
      this.#byKey.set(keyOf(model, pk), fields);
      if (model === 'dcim.powerfeed' && isSet(fields['rack']) && fields['type'] === 'redundant')
        this.#spareFed.add(keyOf('dcim.rack', fields['rack']));
    }
  }

  hasSpareFeed(rack: string): boolean {
    return this.#spareFed.has(rack);
  }

  fields(model: string, pk: unknown): Fields | undefined {
    return isSet(pk) ? this.#byKey.get(keyOf(model, pk)) : undefined;
  }

  field(model: string, pk: unknown, field: string): string {
    return text(this.fields(model, pk)?.[field]);
  }

  name(model: string, pk: unknown): string {
    return this.field(model, pk, 'name');
  }

  /** Without the length of its prefix. */
  addressOf(pk: unknown): string {
    return this.field('ipam.ipaddress', pk, 'address').split('/')[0] ?? '';
  }
}

/** Cables between two ends of which one at least is of the network: the other connects to it, and all to circuits. */
function cabled(rows: readonly z.infer<typeof row>[]): readonly Omit<ImportedRelation, 'line'>[] {
  const book = new Book(rows);
  const ends = new Map<string, Map<string, string>>();
  for (const { model, fields } of rows) {
    if (!['dcim.interface', 'dcim.frontport', 'dcim.rearport', 'circuits.circuittermination'].includes(model))
      continue;
    if (!isSet(fields['cable'])) continue;
    const key = isSet(fields['device'])
      ? keyOf('dcim.device', fields['device'])
      : keyOf('circuits.circuit', fields['circuit']);
    const cable = text(fields['cable']);
    const sides = ends.get(cable) ?? new Map<string, string>();
    ends.set(cable, sides.set(text(fields['cable_end']), key));
  }
  const isCircuit = (key: string): boolean => key.startsWith('circuits.circuit ');
  const isNetwork = (key: string): boolean => {
    const [model = '', pk] = key.split(' ');
    if (isCircuit(key)) return true;
    const fields = book.fields(model, pk);
    return (
      classOfDevice(book.name('dcim.devicerole', fields?.['role'] ?? fields?.['device_role'])) ===
      'network_device'
    );
  };
  const found = new Map<string, Omit<ImportedRelation, 'line'>>();
  for (const sides of ends.values()) {
    const [one, other] = [sides.get('A'), sides.get('B')];
    if (one === undefined || other === undefined || one === other) continue;
    // what is no part of the network hangs on it, and its devices on circuits; two alike are told in one direction
    const rankOf = (key: string): number => (isCircuit(key) ? 2 : isNetwork(key) ? 1 : 0);
    const [from = one, to = other] = [one, other].toSorted(
      (a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1),
    );
    if (!isNetwork(to)) continue;
    const turned = isCircuit(to) && !isCircuit(from);
    const instead = turned ? { instead: [{ type: 'connects_to', from: to, to: from }] } : {};
    found.set(`${from} ${to}`, { type: 'connects_to', from, to, ...instead });
  }
  return [...found.values()];
}
