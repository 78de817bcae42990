/**
 * The whole map of items and relations on `board/configuration@n`. Ids hardly compress, so each item and each relation
 * is kept under a short key that the server gives it, and relations name their ends by it.
 */
import { ITEM_STATES } from '@muster/domain/configuration';
import type {
  AttributeValue,
  ConfigurationItem,
  ItemCare,
  Redundancy,
  Relation,
  SuspendedStep,
} from '@muster/domain/configuration';
import type { ItemId, PersonId, ServiceId, TeamId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { Mismatch, digit, flat, id, known, list, oneOf, optional, text, whole } from '../codec.ts';
import type { Codec, Plain } from '../codec.ts';
import { setEntry } from '../entries.ts';
import { KINDS } from '../kinds.ts';
import { isNonconforming, versioned } from '../nonconforming.ts';
import type { Nonconforming } from '../nonconforming.ts';

/** An end of a relation: the key of an item, or a service of the directory. */
export type RelationEnd = number | ServiceId;

/** The order is layout: it grows at its end. */
const WAYS = ['count', 'percent'] as const satisfies readonly Redundancy['by'][];

/** Name and value in turn: in columns of their own they compress better than by name. */
const attributes: Codec<ConfigurationItem['attributes']> = {
  shape: 'attributes in pairs',
  encode: (values) => {
    const pairs = Object.entries(values).flat() as Plain[];
    return pairs.length === 0 ? null : pairs;
  },
  decode: (plain) => {
    if (plain === null || plain === undefined) return {};
    if (!Array.isArray(plain)) return new Mismatch('expected attributes');
    const values: Record<string, AttributeValue> = {};
    for (let place = 0; place < plain.length; place += 2) {
      const [attribute, value] = [plain[place] as unknown, plain[place + 1] as unknown];
      if (typeof attribute !== 'string' || !isValue(value)) return new Mismatch('expected an attribute');
      values[attribute] = value;
    }
    return values;
  },
};

function isValue(value: unknown): value is AttributeValue {
  return typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

const end: Codec<RelationEnd> = {
  shape: 'key of an item or id of a service',
  encode: (value) => value,
  decode: (plain) =>
    Number.isSafeInteger(plain) || (typeof plain === 'string' && plain !== '')
      ? (plain as RelationEnd)
      : new Mismatch('expected an end'),
};

const person = id<PersonId>();

/** 2: what was said about how well it is known. 3: what it was found to be the same as. 4: when it was changed. */
export const itemRow = versioned(
  4,
  flat<ConfigurationItem>({
    id: id<ItemId>(),
    number: optional(text),
    class: text,
    name: text,
    state: oneOf(ITEM_STATES),
    version: whole,
    updatedAt: whole,
    owner: optional(person),
    team: optional(id<TeamId>()),
    criticality: optional(digit([1, 2, 3, 4])),
    attributes,
    redundancy: list(flat<Redundancy>({ relation: text, by: oneOf(WAYS), minimum: whole })),
    suspended: optional(
      flat<SuspendedStep>({ to: oneOf(ITEM_STATES), reason: optional(text), by: person, at: whole }),
    ),
    care: known(
      flat<ItemCare>({
        confirmedAt: optional(whole),
        askedAt: optional(whole),
        different: list(id<ItemId>()),
      }),
    ),
    sameAs: known(id<ItemId>()),
    changedAt: known(whole),
  }),
  1,
);

interface StoredRelation {
  readonly type: string;
  readonly from: RelationEnd;
  readonly to: RelationEnd;
  readonly id: string;
}

export const relationRow = versioned(
  1,
  flat<StoredRelation>({ type: text, from: end, to: end, id: id<string>() }),
);

/** Stamps a new board of the configuration with its layout version. */
export function seedConfigurationBoard(doc: Y.Doc): void {
  doc.getMap('meta').set('layout', KINDS['configuration-board'].layout);
}

/** The server alone writes; but what says something else than what stands. */
export function writeItemRow(doc: Y.Doc, key: number, item: ConfigurationItem): void {
  setEntry(doc.getMap('rows'), String(key), itemRow.encode(item));
}

export function writeRelationRow(
  doc: Y.Doc,
  key: number,
  relation: Pick<Relation, 'id' | 'type'>,
  ends: { readonly from: RelationEnd; readonly to: RelationEnd },
): void {
  const { id: relationId, type } = relation;
  setEntry(doc.getMap('relations'), String(key), relationRow.encode({ id: relationId, type, ...ends }));
}

export function removeRelationRow(doc: Y.Doc, key: number): void {
  doc.getMap('relations').delete(String(key));
}

/**
 * Reads rows by their keys, and remembers which id is behind a key: of an item that never changes. Items are read
 * before the relations between them.
 */
export class ConfigurationReader {
  readonly #rows: Y.Map<unknown>;
  readonly #relations: Y.Map<unknown>;
  readonly #ids = new Map<number, ItemId>();

  constructor(doc: Y.Doc) {
    this.#rows = doc.getMap('rows');
    this.#relations = doc.getMap('relations');
  }

  itemKeys(): Iterable<string> {
    return this.#rows.keys();
  }

  relationKeys(): Iterable<string> {
    return this.#relations.keys();
  }

  /** Null for one that is not on the board. */
  item(key: string): ConfigurationItem | Nonconforming | null {
    const stored = this.#rows.get(key);
    if (stored === undefined) return null;
    const item = itemRow.decode(`rows.${key}`, stored);
    if (!isNonconforming(item)) this.#ids.set(Number(key), item.id);
    return item;
  }

  /** Null for one that is not on the board. */
  relation(key: string): Relation | Nonconforming | null {
    const stored = this.#relations.get(key);
    if (stored === undefined) return null;
    const path = `relations.${key}`;
    const row = relationRow.decode(path, stored);
    if (isNonconforming(row)) return row;
    const [from, to] = [this.#idOf(row.from), this.#idOf(row.to)];
    if (from === undefined || to === undefined)
      return { nonconforming: true, path, reason: 'an end of it is not on the board' };
    return { id: row.id, type: row.type, from, to };
  }

  #idOf(at: RelationEnd): ItemId | undefined {
    if (typeof at !== 'number') return at;
    const known = this.#ids.get(at);
    if (known !== undefined) return known;
    const item = this.item(String(at));
    return item === null || isNonconforming(item) ? undefined : item.id;
  }
}

/** Everything on a board. Rows of another version or shape are set aside. */
export function readConfiguration(doc: Y.Doc): {
  readonly items: ReadonlyMap<string, ConfigurationItem>;
  readonly relations: ReadonlyMap<string, Relation>;
  readonly nonconforming: readonly Nonconforming[];
} {
  const reader = new ConfigurationReader(doc);
  const nonconforming: Nonconforming[] = [];
  const items = new Map<string, ConfigurationItem>();
  const relations = new Map<string, Relation>();
  for (const key of reader.itemKeys()) keep(items, key, reader.item(key), nonconforming);
  for (const key of reader.relationKeys()) keep(relations, key, reader.relation(key), nonconforming);
  return { items, relations, nonconforming };
}

function keep<Row extends object>(
  rows: Map<string, Row>,
  key: string,
  read: Row | Nonconforming | null,
  nonconforming: Nonconforming[],
): void {
  if (read === null) return;
  if (isNonconforming(read)) nonconforming.push(read);
  else rows.set(key, read);
}
