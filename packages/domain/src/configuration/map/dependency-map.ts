/**
 * Items and relations as a map that can be walked from any item at once. Kept up to date by what changes: putting or
 * taking one thing costs as much as it has relations, whatever else there is.
 */
import type { ItemId } from '../../shared/index.ts';
import type { ConfigurationItem, Redundancy } from '../item/item.ts';
import { isRunning } from '../item/lifecycle.ts';
import { stayingOf } from '../item/staying.ts';
import type { RelationTypes, Spread } from '../relation/relation-type.ts';

export interface Relation {
  readonly id: string;
  readonly type: string;
  readonly from: ItemId;
  readonly to: ItemId;
}

/** As much of an item as the map goes by. */
export type MappedItem = Pick<ConfigurationItem, 'id' | 'class' | 'state' | 'redundancy' | 'sameAs'>;

/** One end of a relation as it is seen from the other. */
export interface Link {
  readonly relation: Relation;
  readonly other: ItemId;
}

interface Node {
  item: MappedItem;
  /** What falls with it. */
  readonly carries: Map<string, Link>;
  /** What it falls with. */
  readonly hangsOn: Map<string, Link>;
  /** Related without a failure going either way. */
  readonly beside: Map<string, Link>;
  /**
   * Relations that it is the first end of, by type and then by their second end: one each, or several where devices
   * related the same two apart.
   */
  readonly begins: Map<string, Map<ItemId, readonly Relation[]>>;
}

const NONE: ReadonlyMap<string, Link> = new Map();

export class DependencyMap {
  readonly #types: RelationTypes;
  readonly #nodes = new Map<ItemId, Node>();
  readonly #relations = new Map<string, Relation>();
  /** Relations of which an end is not there (yet), by that end. */
  readonly #waiting = new Map<ItemId, Map<string, Relation>>();
  /** What was joined into an item, by that item, which may not be there (yet). */
  readonly #joined = new Map<ItemId, Set<ItemId>>();
  /** The end that such a relation waits for. */
  readonly #absent = new Map<string, ItemId>();
  #revision = 0;

  constructor(types: RelationTypes, items: Iterable<MappedItem> = [], relations: Iterable<Relation> = []) {
    this.#types = types;
    for (const item of items) this.put(item);
    for (const relation of relations) this.relate(relation);
  }

  /** How many items there are. */
  get size(): number {
    return this.#nodes.size;
  }

  /** Another one after whatever may change who falls with whom: what was worked out before holds while it stays. */
  get revision(): number {
    return this.#revision;
  }

  itemOf(id: ItemId): MappedItem | undefined {
    return this.#nodes.get(id)?.item;
  }

  ids(): Iterable<ItemId> {
    return this.#nodes.keys();
  }

  relationOf(id: string): Relation | undefined {
    return this.#relations.get(id);
  }

  carriedBy(id: ItemId): Iterable<Link> {
    return (this.#nodes.get(id)?.carries ?? NONE).values();
  }

  carriersOf(id: ItemId): Iterable<Link> {
    return (this.#nodes.get(id)?.hangsOn ?? NONE).values();
  }

  beside(id: ItemId): Iterable<Link> {
    return (this.#nodes.get(id)?.beside ?? NONE).values();
  }

  /** Whatever an item is an end of. */
  *relationsOf(id: ItemId): Iterable<Relation> {
    const node = this.#nodes.get(id);
    if (node === undefined) return;
    for (const links of [node.carries, node.hangsOn, node.beside])
      for (const { relation } of links.values()) yield relation;
  }

  /** What an item is related to as the first end of a type, however many others it is an end of. */
  endsFrom(id: ItemId, type: string): Iterable<ItemId> {
    return this.#nodes.get(id)?.begins.get(type)?.keys() ?? [];
  }

  /** By which two items are related in this way already. */
  relationBetween(from: ItemId, type: string, to: ItemId): Relation | undefined {
    return this.#nodes.get(from)?.begins.get(type)?.get(to)?.[0];
  }

  /**
   * The redundancy by which an item hangs on others through a type of relation, and how many of those run: what is in
   * stock is no spare. Null where there is none.
   */
  redundancyOf(id: ItemId, type: string): { readonly rule: Redundancy; readonly members: number } | null {
    const node = this.#nodes.get(id);
    const rule = node?.item.redundancy.find(({ relation }) => relation === type);
    if (node === undefined || rule === undefined) return null;
    let members = 0;
    for (const { relation, other } of node.hangsOn.values())
      if (relation.type === type && this.runs(other)) members += 1;
    return { rule, members };
  }

  /** Whether an item is there and in service. */
  runs(id: ItemId): boolean {
    const item = this.itemOf(id);
    return item !== undefined && isRunning(item.state);
  }

  /** The item that stands for this one: itself, unless it was joined into another. */
  stayingOf(id: ItemId): ItemId {
    return stayingOf(id, (each) => this.itemOf(each));
  }

  /** What this item stands for beside itself, in the order of ids: those that were joined into it, and into those. */
  joinedInto(id: ItemId): readonly ItemId[] {
    if (!this.#joined.has(id)) return [];
    const found = new Set<ItemId>();
    const add = (into: ItemId): void => {
      for (const each of this.#joined.get(into) ?? [])
        if (each !== id && !found.has(each)) {
          found.add(each);
          add(each);
        }
    };
    add(id);
    return [...found].filter((each) => this.stayingOf(each) === id).toSorted();
  }

  /** A new item, or one that is as it is now. */
  put(item: MappedItem): void {
    const standing = this.#nodes.get(item.id);
    this.#join(item.id, standing?.item.sameAs, item.sameAs);
    if (standing === undefined || !carriesAlike(standing.item, item)) this.#revision += 1;
    if (standing !== undefined) {
      standing.item = item;
      return;
    }
    const node = { carries: new Map(), hangsOn: new Map(), beside: new Map(), begins: new Map() };
    this.#nodes.set(item.id, { item, ...node });
    const waiting = this.#waiting.get(item.id);
    this.#waiting.delete(item.id);
    for (const relation of waiting?.values() ?? []) this.relate(relation);
  }

  /** The item goes; its relations wait for it. */
  take(id: ItemId): void {
    const node = this.#nodes.get(id);
    if (node === undefined) return;
    this.#revision += 1;
    this.#join(id, node.item.sameAs, undefined);
    const own = [...node.carries.values(), ...node.hangsOn.values(), ...node.beside.values()];
    for (const { relation } of own) this.unrelate(relation.id);
    this.#nodes.delete(id);
    for (const { relation } of own) this.relate(relation);
  }

  /** A relation with an end that is not there counts from when it is. */
  relate(relation: Relation): void {
    this.unrelate(relation.id);
    const from = this.#nodes.get(relation.from);
    const to = this.#nodes.get(relation.to);
    if (from === undefined || to === undefined) {
      const absent = from === undefined ? relation.from : relation.to;
      const waiting = this.#waiting.get(absent) ?? new Map<string, Relation>();
      this.#waiting.set(absent, waiting.set(relation.id, relation));
      this.#absent.set(relation.id, absent);
      return;
    }
    this.#revision += 1;
    this.#relations.set(relation.id, relation);
    begin(from, relation);
    const [carrier, hanging] = this.#spreadOf(relation) === 'from_to' ? [from, to] : [to, from];
    if (this.#spreadOf(relation) === 'none') {
      from.beside.set(relation.id, { relation, other: relation.to });
      to.beside.set(relation.id, { relation, other: relation.from });
      return;
    }
    carrier.carries.set(relation.id, { relation, other: hanging.item.id });
    hanging.hangsOn.set(relation.id, { relation, other: carrier.item.id });
  }

  unrelate(id: string): void {
    const relation = this.#relations.get(id);
    if (relation === undefined) {
      this.#awaitNoMore(id);
      return;
    }
    this.#revision += 1;
    this.#relations.delete(id);
    unbegin(this.#nodes.get(relation.from), relation);
    for (const end of [relation.from, relation.to]) {
      const node = this.#nodes.get(end);
      node?.carries.delete(id);
      node?.hangsOn.delete(id);
      node?.beside.delete(id);
    }
  }

  #join(id: ItemId, was: ItemId | undefined, is: ItemId | undefined): void {
    if (was === is) return;
    const before = was === undefined ? undefined : this.#joined.get(was);
    before?.delete(id);
    if (was !== undefined && before?.size === 0) this.#joined.delete(was);
    if (is !== undefined) this.#joined.set(is, (this.#joined.get(is) ?? new Set<ItemId>()).add(id));
  }

  #awaitNoMore(id: string): void {
    const absent = this.#absent.get(id);
    if (absent === undefined) return;
    this.#absent.delete(id);
    const waiting = this.#waiting.get(absent);
    waiting?.delete(id);
    if (waiting?.size === 0) this.#waiting.delete(absent);
  }

  #spreadOf({ type }: Relation): Spread {
    return this.#types.get(type)?.spread ?? 'none';
  }
}

function begin({ begins }: Node, relation: Relation): void {
  const ofType = begins.get(relation.type) ?? new Map<ItemId, readonly Relation[]>();
  begins.set(relation.type, ofType.set(relation.to, [...(ofType.get(relation.to) ?? []), relation]));
}

function unbegin(node: Node | undefined, { id, type, to }: Relation): void {
  const ofType = node?.begins.get(type);
  const left = ofType?.get(to)?.filter((each) => each.id !== id) ?? [];
  if (left.length > 0) ofType?.set(to, left);
  else ofType?.delete(to);
  if (ofType?.size === 0) node?.begins.delete(type);
}

/** Whether the map is the same with the one as with the other: a name or an attribute makes no difference. */
function carriesAlike(one: MappedItem, other: MappedItem): boolean {
  return (
    one.class === other.class &&
    one.state === other.state &&
    one.sameAs === other.sameAs &&
    JSON.stringify(one.redundancy) === JSON.stringify(other.redundancy)
  );
}
