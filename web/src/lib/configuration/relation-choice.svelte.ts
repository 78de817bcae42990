/** Choosing how an item is to be related to another one: only in a way that their classes may have. */
import { faultOfRelation, suggestionsFor } from '@muster/domain/configuration';
import type { ConfigurationItem, Relation } from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';
import type { LiveConfiguration } from '#lib/live/configuration/live-configuration.ts';
import { namesOf } from './names-of.ts';

interface Surroundings {
  readonly live: LiveConfiguration;
  readonly item: ConfigurationItem;
}

export class RelationChoice {
  readonly #around: () => Surroundings;
  #other = $state('');
  #way = $state('');

  constructor(around: () => Surroundings) {
    this.#around = around;
  }

  get other(): string {
    return this.#other;
  }

  /** Another item begins with the first way that there is. */
  set other(other: string) {
    [this.#other, this.#way] = [other, ''];
  }

  /** Of `ways`; the first one until another is chosen. */
  get way(): string {
    return this.ways.some(({ value }) => value === this.#way) ? this.#way : (this.ways[0]?.value ?? '');
  }

  set way(way: string) {
    this.#way = way;
  }

  /** What it may be related to. */
  readonly options = $derived.by(() => {
    const { live, item } = this.#around();
    void live.revision;
    const names = namesOf(live);
    return [...live.map.ids()]
      .filter((id) => id !== item.id)
      .map((id) => ({
        ...{ value: id, label: live.nameOf(id) },
        hint: names.class(live.map.itemOf(id)?.class ?? ''),
      }));
  });

  readonly ways = $derived.by(() => {
    const { live, item } = this.#around();
    const otherClass = live.map.itemOf(this.#other as ItemId)?.class;
    if (otherClass === undefined) return [];
    return suggestionsFor(live.types, live.classes, item.class, otherClass).map(({ type, end }) => ({
      value: `${end} ${type.id}`,
      label: end === 'from' ? type.name : type.inverse,
    }));
  });

  /** The relation that is chosen; null while it is not. */
  get relation(): Omit<Relation, 'id'> | null {
    const { item } = this.#around();
    const { way } = this;
    const parted = way.indexOf(' ');
    if (parted < 0 || this.#other === '') return null;
    const [end, type, other] = [way.slice(0, parted), way.slice(parted + 1), this.#other as ItemId];
    return end === 'from' ? { type, from: item.id, to: other } : { type, from: other, to: item.id };
  }

  /** What stands against it is said before it is sent. */
  get fault() {
    const { live } = this.#around();
    const { relation } = this;
    return relation === null
      ? null
      : faultOfRelation(live.map, relation, { types: live.types, classes: live.classes });
  }

  clear(): void {
    this.other = '';
  }
}
