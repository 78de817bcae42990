/**
 * Items that may be the same: by what identifies items of their class, written otherwise, or by names that are all but
 * the same within a class. Numbers and short signs tell items apart: db-1 is
 * not db-2, and feed A is not feed B.
 */
import type { ItemId } from '../../shared/index.ts';
import type { ItemClasses } from '../class/item-class.ts';
import { identityOf } from '../class/item-class.ts';
import type { ConfigurationItem } from '../item/item.ts';
import { isRetired } from '../item/lifecycle.ts';

const MOST = 200;
/** Shorter names differ by one letter too easily. */
const SHORTEST_ALIKE = 6;
const LONGEST_ALIKE = 40;
const LONG_WORD = 5;

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
  for (const same of grouped(live, (item) => [readingOf(item).name]).values())
    noteAll(same, (a, b) => note(a, b, 'name'));
  // names that are the same but for one word are few: the letters of that word are looked at there alone
  for (const [frame, near] of grouped(live, (item) => readingOf(item).frames.keys()))
    for (const alike of grouped(near, (item) =>
      spellingsOf(readingOf(item).frames.get(frame) ?? ''),
    ).values())
      noteAll(alike, (a, b) => {
        if (areAlike(a.name, b.name)) note(a, b, 'likeness');
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
  const identities = new Map<string, ReturnType<typeof identityOf>>();
  const identity = (itemClass: string) => {
    const known = identities.get(itemClass) ?? identityOf(classes, itemClass);
    identities.set(itemClass, known);
    return known;
  };
  const keysOf = (item: Compared): readonly string[] =>
    identity(item.class).flatMap(({ definer, attribute }) => {
      const value = item.attributes[attribute];
      const plain = value === undefined ? '' : plainValue(String(value));
      return plain === '' ? [] : [`${attribute} ${definer} ${plain}`];
    });
  for (const [key, same] of grouped(items, keysOf)) yield { same, attribute: key.slice(0, key.indexOf(' ')) };
}

function grouped<Item>(
  items: readonly Item[],
  keysOf: (item: Item) => Iterable<string>,
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
function plainName(name: string): string {
  return hostOf(name).replaceAll(/[^\p{L}\p{N}]+/gu, '');
}

function hostOf(name: string): string {
  const text = name.trim().toLowerCase();
  return /^([^\s.]+)\.[a-z][\w-]*(\.[\w-]+)*$/.exec(text)?.[1] ?? text;
}

/** What an item is compared by. Items are replaced and never altered, so that each is read once. */
interface Reading {
  /** The class and the name, however it was typed. */
  readonly name: string;
  /** Each long word, by the class and all other words of the name. */
  readonly frames: ReadonlyMap<string, string>;
}

const readings = new WeakMap<Compared, Reading>();

function readingOf(item: Compared): Reading {
  const known = readings.get(item);
  if (known !== undefined) return known;
  const plain = plainName(item.name);
  const frames = new Map<string, string>();
  if (plain.length >= SHORTEST_ALIKE && plain.length <= LONGEST_ALIKE) {
    const words = wordsOf(item.name);
    for (const [place, word] of words.entries())
      if (!word.startsWith('#') && word.length >= LONG_WORD)
        frames.set(`${item.class} ${words.toSpliced(place, 1, '').join(' ')}`, word);
  }
  const reading = { name: `${item.class} ${plain}`, frames };
  readings.set(item, reading);
  return reading;
}

/** Words that differ by one letter have one of these in common. */
function spellingsOf(word: string): ReadonlySet<string> {
  return new Set([word, ...Array.from(word, (_, place) => word.slice(0, place) + word.slice(place + 1))]);
}

/** The same words and numbers, but that one letter of one long word is another, more or less. */
function areAlike(one: string, other: string): boolean {
  const [words, others] = [wordsOf(one), wordsOf(other)];
  if (words.length !== others.length) return false;
  const differing = words.flatMap((word, place) => {
    const there = others[place] ?? '';
    return word === there ? [] : [[word, there] as const];
  });
  const [slip] = differing;
  return slip !== undefined && differing.length === 1 && isSlip(...slip);
}

/** A and B, north and south, 1a and 1b tell things apart: only a long word is mistyped unseen. */
function isSlip(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.startsWith('#') || short.length < LONG_WORD || long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  return short.length === long.length
    ? short.slice(at + 1) === long.slice(at + 1)
    : short.slice(at) === long.slice(at + 1);
}

/** Words in letters, and numbers that are told apart from each other whatever their length. */
function wordsOf(name: string): readonly string[] {
  return (hostOf(name).match(/\p{L}+|\p{N}+/gu) ?? []).map((word) =>
    /\p{N}/u.test(word) ? `#${word}` : word,
  );
}

function byAge(a: Compared, b: Compared): number {
  return inOrder(a.number ?? '~', b.number ?? '~') || inOrder(a.id, b.id);
}

/** Numbers and ids have one form, so that their characters tell their order. */
function inOrder(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}
