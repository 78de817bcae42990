import { Mismatch } from './codec.ts';
import type { Codec, Plain } from './codec.ts';

/** Stored data of another version or shape: set aside and counted, never thrown. */
export interface Nonconforming {
  readonly nonconforming: true;
  /** Where: the key in its document, then the column. */
  readonly path: string;
  readonly reason: string;
}

export function isNonconforming(value: unknown): value is Nonconforming {
  return (
    typeof value === 'object' && value !== null && (value as Partial<Nonconforming>).nonconforming === true
  );
}

export interface VersionedCodec<Value> {
  readonly shape: string;
  readonly encode: (value: Value) => Plain;
  /** `path` names the place in the document for the report of what does not conform. */
  readonly decode: (path: string, plain: unknown) => Value | Nonconforming;
}

/**
 * Puts a version before the columns. A value of another version does not conform, but for those from `oldest` on: say
 * so where all that came since stands at the end or is a new kind of value, so that old values read as they are.
 */
export function versioned<Value>(
  version: number,
  codec: Codec<Value>,
  oldest = version,
): VersionedCodec<Value> {
  return {
    shape: `${version} ${codec.shape}`,
    encode: (value) => [version, ...(codec.encode(value, 0) as readonly Plain[])],
    decode: (path, plain) => {
      if (!Array.isArray(plain)) return { nonconforming: true, path, reason: 'expected a row' };
      if (!isWithin(plain[0], oldest, version)) {
        // whatever stands there, not all of which can be made a string
        const found = JSON.stringify(plain[0]);
        return { nonconforming: true, path, reason: `version ${found} is not known here` };
      }
      const value = codec.decode(plain.slice(1), 0);
      return value instanceof Mismatch
        ? {
            nonconforming: true,
            path: value.path === '' ? path : `${path}.${value.path}`,
            reason: value.reason,
          }
        : value;
    },
  };
}

function isWithin(stored: unknown, oldest: number, newest: number): boolean {
  return Number.isInteger(stored) && Number(stored) >= oldest && Number(stored) <= newest;
}

/** Sorts decoded values into those that conform and those that are set aside. */
export function sift<Value extends object>(
  values: Iterable<Value | Nonconforming>,
): {
  readonly conforming: Value[];
  readonly nonconforming: Nonconforming[];
} {
  const conforming: Value[] = [];
  const nonconforming: Nonconforming[] = [];
  for (const value of values) {
    if (isNonconforming(value)) nonconforming.push(value);
    else conforming.push(value);
  }
  return { conforming, nonconforming };
}
