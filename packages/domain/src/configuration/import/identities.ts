/** Finds what somebody made by hand, another source brought, or the file named before, by what identifies items. */
import type { ItemId } from '../../shared/index.ts';
import type { AttributeValue, AttributeValues } from '../class/attribute-value.ts';
import { lineOf } from '../class/item-class.ts';
import type { ItemClasses } from '../class/item-class.ts';
import { cleanedAttributes } from '../item/fields.ts';
import type { ConfigurationItem } from '../item/item.ts';
import { isRetired } from '../item/lifecycle.ts';
import { stayingOf } from '../item/staying.ts';
import type { ImportedItem } from './imported.ts';
import type { Present } from './present.ts';

type Identified = Pick<ImportedItem, 'class' | 'attributes'>;

interface Identifier {
  readonly definer: string;
  readonly attribute: string;
  readonly name: string;
}

/** An item that has what identifies a row. */
interface Match {
  readonly id: ItemId;
  /** The one of those that were joined into it which it was that had this, itself where none had. */
  readonly found: ItemId;
  /** What the attribute is called by which it is found. */
  readonly by: string;
  /** It would be refused to others; not what only one had that was joined into the item. */
  readonly holds: boolean;
  /** A stronger attribute of which the two say different things; null where there is none. */
  readonly against: {
    readonly name: string;
    readonly here: AttributeValue;
    readonly said: AttributeValue;
  } | null;
}

/** As everything would stand after the rows that were taken so far. */
export class Identities {
  readonly #classes: ItemClasses;
  readonly #identifiers = new Map<string, readonly Identifier[]>();
  readonly #holders = new Map<string, Set<ItemId>>();
  /** By what identified items that were joined into another: which it was, and the one that stays. */
  readonly #joined = new Map<string, Pick<Match, 'found' | 'id'>>();
  readonly #staying = new Set<ItemId>();
  readonly #values = new Map<ItemId, AttributeValues>();

  constructor({ classes, items }: Pick<Present, 'classes' | 'items'>) {
    this.#classes = classes;
    for (const item of items.values()) {
      if (!isRetired(item.state)) this.#hold(item.id, item, item.attributes);
      if (item.sameAs !== undefined) this.#follow(item, items);
    }
  }

  /** By the strongest first. */
  matchesOf({ class: itemClass, attributes }: Identified): readonly Match[] {
    const values = cleanedAttributes(attributes);
    const identifiers = this.#identifiersOf(itemClass);
    return identifiers.flatMap((identifier, place): readonly Match[] => {
      const key = keyOf(identifier, values);
      if (key === null) return [];
      const { name: by } = identifier;
      const holders = [...(this.#holders.get(key) ?? [])];
      const joined = this.#joined.get(key);
      const ids = holders.length > 0 || joined === undefined ? holders : [joined.id];
      return ids.map((id) => ({
        ...{ id, found: joined?.id === id ? joined.found : id, by, holds: holders.length > 0 },
        against: this.#against(id, values, identifiers.slice(0, place)),
      }));
    });
  }

  /** A row becomes the item: what it says identifies it from now on, and what it says otherwise no more. */
  take(id: ItemId, { class: itemClass, attributes }: Identified): void {
    const [before, said] = [this.#values.get(id) ?? {}, cleanedAttributes(attributes)];
    for (const identifier of this.#identifiersOf(itemClass)) {
      const [was, is] = [keyOf(identifier, before), keyOf(identifier, said)];
      // whoever is joined is known by each of the names that it had
      if (was !== null && is !== null && was !== is && !this.#staying.has(id))
        this.#holders.get(was)?.delete(id);
    }
    this.#hold(id, { class: itemClass }, { ...before, ...said });
  }

  #hold(id: ItemId, { class: itemClass }: Pick<Identified, 'class'>, values: AttributeValues): void {
    this.#values.set(id, values);
    for (const identifier of this.#identifiersOf(itemClass)) {
      const key = keyOf(identifier, values);
      if (key !== null) this.#holders.set(key, (this.#holders.get(key) ?? new Set()).add(id));
    }
  }

  #follow({ id, class: itemClass, attributes }: ConfigurationItem, items: Present['items']): void {
    const stays = stayingOf(id, (each) => items.get(each));
    this.#staying.add(stays);
    for (const identifier of this.#identifiersOf(itemClass)) {
      const key = keyOf(identifier, attributes);
      if (key !== null) this.#joined.set(key, { found: id, id: stays });
    }
  }

  #against(id: ItemId, values: AttributeValues, stronger: readonly Identifier[]): Match['against'] {
    const theirs = this.#values.get(id) ?? {};
    for (const { attribute, name } of stronger) {
      const [here, said] = [theirs[attribute], values[attribute]];
      if (here !== undefined && here !== '' && said !== undefined && here !== said)
        return { name, here, said };
    }
    return null;
  }

  /** The most general are the strongest; addresses, which go from one to another, the weakest. */
  #identifiersOf(itemClass: string): readonly Identifier[] {
    const known = this.#identifiers.get(itemClass);
    if (known !== undefined) return known;
    const found = lineOf(this.#classes, itemClass)
      .toReversed()
      .flatMap(({ id: definer, attributes }) =>
        attributes
          .filter(({ identifies }) => identifies)
          .map(({ id: attribute, name, kind }) => ({ definer, attribute, name, kind })),
      )
      .toSorted((a, b) => Number(a.kind === 'address') - Number(b.kind === 'address'));
    this.#identifiers.set(itemClass, found);
    return found;
  }
}

function keyOf({ definer, attribute }: Identifier, values: AttributeValues): string | null {
  const value = values[attribute];
  return value === undefined || value === '' ? null : `${definer} ${attribute} ${JSON.stringify(value)}`;
}
