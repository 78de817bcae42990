/**
 * Small codecs between typed values and the plain JSON that Yjs stores.
 * A codec never throws on what it decodes: it answers a `Mismatch` with the path to the fault.
 * Records become flat arrays in column order with trailing nulls cut off, which is what keeps a board small.
 */
import type { Instant, RecordId } from '@muster/domain/shared';

export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** `base` is the instant that `since` columns count from; 0 outside a record that names one. */
export interface Codec<Value> {
  /** A description of the stored form; the layout test hashes it. */
  readonly shape: string;
  readonly encode: (value: Value, base: Instant) => Plain;
  readonly decode: (plain: unknown, base: Instant) => Value | Mismatch;
}

export class Mismatch {
  readonly path: string;
  readonly reason: string;

  constructor(reason: string, path = '') {
    this.reason = reason;
    this.path = path;
  }

  under(step: string): Mismatch {
    return new Mismatch(this.reason, this.path === '' ? step : `${step}.${this.path}`);
  }
}

function checked<Value extends Plain>(
  shape: string,
  holds: (plain: unknown) => plain is Value,
): Codec<Value> {
  return {
    shape,
    encode: (value) => value,
    decode: (plain) => (holds(plain) ? plain : new Mismatch(`expected ${shape}`)),
  };
}

export const text = checked('text', (plain) => typeof plain === 'string');
export const flag = checked('flag', (plain) => typeof plain === 'boolean');
export const whole = checked('whole number', (plain): plain is number => Number.isSafeInteger(plain));

export const number = checked('number', (plain): plain is number => Number.isFinite(plain));

/** An id or another branded string: never empty. */
export function id<Id extends string>(): Codec<Id> {
  return checked('id', (plain): plain is Id => typeof plain === 'string' && plain !== '');
}

/** A record that may not be named everywhere is stored as the empty id where it is not: no id is empty. */
export const recordOrHidden: Codec<RecordId | null> = {
  shape: id<RecordId>().shape,
  encode: (value) => value ?? '',
  decode: (plain, base) => (plain === '' ? null : id<RecordId>().decode(plain, base)),
};

/** One of a closed set that may grow at its end only: stored as its place in it. */
export function oneOf<const Value extends string>(values: readonly Value[]): Codec<Value> {
  return {
    shape: `one of ${values.join('|')}`,
    encode: (value) => values.indexOf(value),
    decode: (plain) => {
      const value = typeof plain === 'number' ? values[plain] : undefined;
      return value ?? new Mismatch(`expected one of ${values.join(', ')}`);
    },
  };
}

/** A whole number from a closed set. */
export function digit<const Value extends number>(values: readonly Value[]): Codec<Value> {
  return checked(`digit ${values.join('|')}`, (plain): plain is Value => values.includes(plain as Value));
}

/** An instant as milliseconds after the record's base: a few bytes instead of nine. */
export const since: Codec<Instant> = {
  shape: 'ms since base',
  encode: (value, base) => value - base,
  decode: (plain, base) =>
    Number.isSafeInteger(plain) ? (plain as number) + base : new Mismatch('expected an instant'),
};

export function optional<Value>(codec: Codec<Value>): Codec<Value | null> {
  return {
    shape: `${codec.shape}?`,
    encode: (value, base) => (value === null ? null : codec.encode(value, base)),
    decode: (plain, base) => (plain === null || plain === undefined ? null : codec.decode(plain, base)),
  };
}

/** What is known of some records only: absent in the others, not null. */
export function known<Value>(codec: Codec<Value>): Codec<Value | undefined> {
  return {
    shape: `${codec.shape}, where known`,
    encode: (value, base) => (value === undefined ? null : codec.encode(value, base)),
    decode: (plain, base) => (plain === null || plain === undefined ? undefined : codec.decode(plain, base)),
  };
}

/** A value that is stored as null where it is what most are, so that it can be cut off at the end of a row. */
export function fallback<Value extends boolean | string>(codec: Codec<Value>, usual: Value): Codec<Value> {
  return {
    shape: `${codec.shape}, usually ${JSON.stringify(usual)}`,
    encode: (value, base) => (value === usual ? null : codec.encode(value, base)),
    decode: (plain, base) => (plain === null || plain === undefined ? usual : codec.decode(plain, base)),
  };
}

/** A list; the empty one is stored as null, so that it can be cut off at the end of a row. */
export function list<Value>(item: Codec<Value>): Codec<readonly Value[]> {
  return {
    shape: `[${item.shape}]`,
    encode: (values, base) => (values.length === 0 ? null : values.map((value) => item.encode(value, base))),
    decode: (plain, base) => {
      if (plain === null || plain === undefined) return [];
      if (!Array.isArray(plain)) return new Mismatch('expected a list');
      const values: Value[] = [];
      for (const [index, each] of plain.entries()) {
        const value = item.decode(each, base);
        if (value instanceof Mismatch) return value.under(String(index));
        values.push(value);
      }
      return values;
    },
  };
}

export type Columns<Value> = { readonly [Key in keyof Value]-?: Codec<Value[Key]> };

/** A record as a flat array in column order. With `baseColumn` (the first) the other instants count from it. */
export function flat<Value extends object>(columns: Columns<Value>, baseColumn?: keyof Value): Codec<Value> {
  const entries = Object.entries(columns) as [keyof Value & string, Codec<unknown>][];
  // copying a blank record is many times faster than growing one column by column; columns that may be absent grow
  const present = entries.filter(([, codec]) => codec.decode(null, 0) !== undefined);
  const blank = Object.fromEntries(present.map(([key]) => [key, null]));
  return {
    shape: `(${entries.map(([key, codec]) => `${key}: ${codec.shape}`).join(', ')})`,
    encode: (value, base) => {
      const from = baseColumn === undefined ? base : (value[baseColumn] as Instant);
      const cells = entries.map(([key, codec]) => codec.encode(value[key], from));
      while (cells.length > 0 && cells.at(-1) === null) cells.pop();
      return cells;
    },
    decode: (plain, base) => {
      if (!Array.isArray(plain)) return new Mismatch('expected a row');
      if (plain.length > entries.length) return new Mismatch(`expected at most ${entries.length} columns`);
      const decoded: Record<string, unknown> = { ...blank };
      let from = base;
      let index = 0;
      for (const [key, codec] of entries) {
        const cell = codec.decode(plain[index++] ?? null, from);
        if (cell instanceof Mismatch) return cell.under(key);
        if (key === baseColumn) from = cell as Instant;
        if (cell !== undefined) decoded[key] = cell;
      }
      return decoded as Value;
    },
  };
}

/** Some fields of a record, by name. Unknown names do not conform. */
export function partial<Value extends object>(columns: Columns<Value>): Codec<Partial<Value>> {
  const codecs = new Map(Object.entries(columns) as [string, Codec<unknown>][]);
  return {
    shape: `{${[...codecs].map(([key, codec]) => `${key}: ${codec.shape}`).join(', ')}}`,
    encode: (value, base) => {
      const present = Object.entries(value).filter(([, field]) => field !== undefined);
      return Object.fromEntries(
        present.map(([key, field]) => [key, codecs.get(key)?.encode(field, base) ?? null]),
      );
    },
    decode: (plain, base) => {
      if (!isPlainObject(plain)) return new Mismatch('expected fields');
      const decoded: Record<string, unknown> = {};
      for (const [key, field] of Object.entries(plain)) {
        const codec = codecs.get(key);
        if (codec === undefined) return new Mismatch('field is not known', key);
        const value = codec.decode(field, base);
        if (value instanceof Mismatch) return value.under(key);
        decoded[key] = value;
      }
      return decoded as Partial<Value>;
    },
  };
}

/** Free facts, kept as they are: any JSON object. */
export const facts: Codec<Readonly<Record<string, unknown>>> = {
  shape: 'facts',
  encode: (value) => JSON.parse(JSON.stringify(value)) as Plain,
  decode: (plain) => (isPlainObject(plain) ? plain : new Mismatch('expected facts')),
};

/** One of several forms, told apart by a word inside: the rules that read it are total over what they do not know. */
export function unlike<Form extends object>(): Codec<Form> {
  return facts as unknown as Codec<Form>;
}

/** Words by name, absent when there are none to keep. */
export const words: Codec<Readonly<Record<string, string>> | undefined> = {
  shape: 'words?',
  encode: (value) => value ?? null,
  decode: (plain) => {
    if (plain === null) return undefined;
    if (!isPlainObject(plain)) return new Mismatch('expected words by name');
    const odd = Object.entries(plain).find(([, word]) => typeof word !== 'string');
    return odd === undefined ? (plain as Record<string, string>) : new Mismatch('expected a word', odd[0]);
  },
};

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
