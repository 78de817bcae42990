/**
 * Items that may be the same: by what identifies items of their class, written otherwise, or by names that are all but
 * the same within a class. Numbers tell items apart: db-1 is not db-2.
 */
import type { ItemId } from '../../shared/index.ts';
import type { ItemClasses } from '../class/item-class.ts';
import { identityOf } from '../item/fields.ts';
import type { ConfigurationItem } from '../item/item.ts';
import { isRetired } from '../item/lifecycle.ts';

const MOST = 200;
/** Shorter names differ by one letter too easily. */
const SHORTEST_ALIKE = 6;
const LONGEST_ALIKE = 40;

export interface Duplicate {
  /** The one that was there first, by its number. */
  readonly one: ItemId;
  readonly other: ItemId;
  readonly by: 'identity' | 'name' | 'likeness';
  /** The attribute in which they are the same. */
  readonly attribute: string | null;
}

type Compared = Pick<ConfigurationItem, 'id' | 'number' | 'name' | 'class' | 'state' | 'attributes' | 'care'>;

/** The surest first, and no more than can be looked through. Pairs that somebody told apart are left out. */
export function duplicatesOf(items: Iterable<Compared>, classes: ItemClasses): readonly Duplicate[] {
  const live = [...items].filter(({ state }) => !isRetired(state)).toSorted(byAge);
  const found = new Map<string, Duplicate>();
  const note = (a: Compared, b: Compared, by: Duplicate['by'], attribute: string | null = null): void => {
    const [one, other] = byAge(a, b) <= 0 ? [a, b] : [b, a];
    const key = `${one.id} ${other.id}`;
    if (found.size >= MOST || found.has(key) || one.id === other.id || areToldApart(one, other)) return;
    found.set(key, { one: one.id, other: other.id, by, attribute });
  };
  for (const { same, attribute } of sameIdentities(live, classes))
    noteAll(same, (a, b) => note(a, b, 'identity', attribute));
  for (const same of grouped(live, (item) => [`${item.class} ${plainName(item.name)}`]).values())
    noteAll(same, (a, b) => note(a, b, 'name'));
  for (const near of grouped(live, keysOfLikeness).values())
    noteAll(near, (a, b) => {
      if (areAlike(plainName(a.name), plainName(b.name))) note(a, b, 'likeness');
    });
  return [...found.values()];
}

export function areToldApart(one: Compared, other: Compared): boolean {
  return one.care?.different.includes(other.id) === true || other.care?.different.includes(one.id) === true;
}

/** Each with each, of groups that are no crowd: twenty of one name are no mistake of somebody's. */
function noteAll<Item>(group: readonly Item[], note: (a: Item, b: Item) => void): void {
  if (group.length > 20) return;
  for (const [place, a] of group.entries()) for (const b of group.slice(place + 1)) note(a, b);
}

function* sameIdentities(
  items: readonly Compared[],
  classes: ItemClasses,
): Iterable<{ readonly same: readonly Compared[]; readonly attribute: string }> {
  const keysOf = (item: Compared): readonly string[] =>
    identityOf(classes, item.class).flatMap(({ definer, attribute }) => {
      const value = item.attributes[attribute];
      const plain = value === undefined ? '' : plainValue(String(value));
      return plain === '' ? [] : [`${attribute} ${definer} ${plain}`];
    });
  for (const [key, same] of grouped(items, keysOf)) yield { same, attribute: key.slice(0, key.indexOf(' ')) };
}

function grouped<Item>(
  items: readonly Item[],
  keysOf: (item: Item) => readonly string[],
): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items)
    for (const key of keysOf(item)) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [item]);
      else group.push(item);
    }
  return new Map([...groups].filter(([, group]) => group.length > 1));
}

/** A serial number or an address, however it was typed. */
function plainValue(value: string): string {
  return value.toLowerCase().replaceAll(/[\s:_-]+/g, '');
}

/** A name, however it was typed: without the domain of a host, without case and signs. */
export function plainName(name: string): string {
  const text = name.trim().toLowerCase();
  const host = /^([^\s.]+)\.[a-z][\w-]*(\.[\w-]+)*$/.exec(text)?.[1] ?? text;
  return host.replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

/** Names that differ by one letter have one of these in common. */
function keysOfLikeness({ class: itemClass, name }: Compared): readonly string[] {
  const plain = plainName(name);
  if (plain.length < SHORTEST_ALIKE || plain.length > LONGEST_ALIKE) return [];
  const without = Array.from(plain, (_, place) => plain.slice(0, place) + plain.slice(place + 1));
  return [...new Set([plain, ...without])].map((each) => `${itemClass} ${each}`);
}

/** One letter more, less or another; digits are the same. */
function areAlike(one: string, other: string): boolean {
  const digits = (text: string) => text.replaceAll(/\D+/g, ' ').trim();
  if (one === other || digits(one) !== digits(other)) return false;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.length === long.length
    ? short.slice(at + 1) === long.slice(at + 1)
    : short.slice(at) === long.slice(at + 1);
}

function byAge(a: Compared, b: Compared): number {
  return (a.number ?? '~').localeCompare(b.number ?? '~') || a.id.localeCompare(b.id);
}
