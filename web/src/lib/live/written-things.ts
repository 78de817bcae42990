import { isNonconforming } from '@muster/documents';
import type { Nonconforming } from '@muster/documents';
import * as Y from 'yjs';

/**
 * A list of written things, decoded once and again when they change. Of two of one id the first counts, unless they
 * are copies of one thing, which are read as one.
 */
export class WrittenThings<Thing extends { readonly id: string }> {
  readonly #decode: (path: string, value: unknown) => Thing | Nonconforming;
  readonly #changed: Changed;
  readonly #copies: Copies<Thing> | null;
  #list: Y.Array<unknown> | null = null;
  #known: Known | null = null;
  readonly #decoded = new WeakMap<object, Thing | Nonconforming>();

  constructor(
    decode: (path: string, value: unknown) => Thing | Nonconforming,
    changed: Changed,
    copies: Copies<Thing> | null = null,
  ) {
    this.#decode = decode;
    this.#changed = changed;
    this.#copies = copies;
  }

  get all(): Iterable<Thing> {
    return [...this.#read().stored.keys()].flatMap((id) => this.get(id) ?? []);
  }

  get nonconforming(): number {
    return this.#read().nonconforming;
  }

  get(id: string): Thing | undefined {
    return this.#merged(id)?.thing;
  }

  /** What the list holds; of copies the one whose words count. */
  stored(id: string): object | undefined {
    const merged = this.#merged(id);
    return merged && this.#read().stored.get(id)?.[merged.at];
  }

  #merged(id: string): { readonly thing: Thing; readonly at: number } | undefined {
    const [first, ...rest] = (this.#read().stored.get(id) ?? []).flatMap((value) => {
      const thing = this.#of(value);
      return isNonconforming(thing) ? [] : [thing];
    });
    if (first === undefined) return undefined;
    return rest.length === 0 || this.#copies === null
      ? { thing: first, at: 0 }
      : this.#copies.merge([first, ...rest]);
  }

  follow(list: Y.Array<unknown> | null): void {
    this.#list?.unobserveDeep(this.#observe);
    this.#list = list;
    this.#known = null;
    list?.observeDeep(this.#observe);
  }

  #read(): Known {
    this.#known ??= this.#gather();
    return this.#known;
  }

  #gather(): Known {
    const stored = new Map<string, object[]>();
    let nonconforming = 0;
    for (const value of this.#list?.toArray() ?? []) {
      const thing = value instanceof Y.Map ? this.#of(value) : null;
      if (thing === null || isNonconforming(thing)) {
        nonconforming += 1;
        continue;
      }
      const there = stored.get(thing.id);
      if (there === undefined) stored.set(thing.id, [value as object]);
      else if (this.#isCopy(there[0], thing)) there.push(value as object);
      else nonconforming += 1;
    }
    return { stored, nonconforming };
  }

  #isCopy(first: object | undefined, thing: Thing): boolean {
    const there = first === undefined ? null : this.#of(first);
    return there !== null && !isNonconforming(there) && this.#copies?.are(there, thing) === true;
  }

  #of(value: object): Thing | Nonconforming {
    let thing = this.#decoded.get(value);
    if (thing === undefined) this.#decoded.set(value, (thing = this.#decode('', value)));
    return thing;
  }

  readonly #observe = (events: readonly Y.YEvent<Y.AbstractType<unknown>>[]): void => {
    const touched = new Map<object, 'words' | 'facts'>();
    let whole = false;
    for (const { target } of events) {
      const thing = this.#holderOf(target);
      if (thing === null) whole = true;
      else if (!(target instanceof Y.Text) || touched.get(thing) === 'facts') touched.set(thing, 'facts');
      else touched.set(thing, 'words');
    }
    const before = new Map([...touched.keys()].map((value) => [value, this.#decoded.get(value)]));
    for (const value of touched.keys()) this.#decoded.delete(value);
    for (const [value, what] of touched) {
      const [was, is] = [before.get(value), this.#of(value)];
      if (was === undefined || isNonconforming(was) || isNonconforming(is) || was.id !== is.id) whole = true;
      else if (!whole) this.#changed[what](is.id);
    }
    if (!whole) return;
    this.#known = null;
    this.#changed.facts(null);
  };

  /** The thing in the list that a changed type is part of; null for the list itself. */
  #holderOf(target: Y.AbstractType<unknown>): object | null {
    let type: Y.AbstractType<unknown> | null = target;
    while (type !== null && type.parent !== this.#list) type = type.parent as typeof type;
    return target === (this.#list as unknown) ? null : type;
  }
}

/** Told of a thing's words or facts; of null when things came or went. */
interface Changed {
  readonly words: (id: string) => void;
  readonly facts: (id: string | null) => void;
}

/** Things that were made apart and are one, and how they are read as one; `at` is the copy whose words count. */
interface Copies<Thing> {
  readonly are: (a: Thing, b: Thing) => boolean;
  readonly merge: (copies: readonly [Thing, ...Thing[]]) => { readonly thing: Thing; readonly at: number };
}

interface Known {
  readonly stored: ReadonlyMap<string, readonly object[]>;
  readonly nonconforming: number;
}
