/** Maps of a document with an entry for each thing: only what differs is written, and only what was written is decoded. */
import type * as Y from 'yjs';
import type { Plain } from './codec.ts';
import { isNonconforming } from './nonconforming.ts';
import type { Nonconforming, VersionedCodec } from './nonconforming.ts';

/** What was read before: entries whose stored value is the same object are not decoded again, and stay the same objects. */
export type EntryMemo = Map<string, { readonly stored: unknown; readonly entry: unknown }>;

export function remembered<Entry>(
  memo: EntryMemo,
  path: string,
  stored: unknown,
  decode: (path: string) => Entry,
): Entry {
  const known = memo.get(path);
  if (known !== undefined && known.stored === stored) return known.entry as Entry;
  const entry = decode(path);
  memo.set(path, { stored, entry });
  return entry;
}

/** Reads the small parts of one root by their keys, and keeps those that do not conform. */
export class PartReader {
  readonly nonconforming: Nonconforming[] = [];
  readonly #root: string;
  readonly #parts: Y.Map<unknown>;
  readonly #memo: EntryMemo;

  constructor(root: string, parts: Y.Map<unknown>, memo: EntryMemo) {
    this.#root = root;
    this.#parts = parts;
    this.#memo = memo;
  }

  /** Null for one that does not conform. */
  read<Part extends object>(key: string, codec: Pick<VersionedCodec<Part>, 'decode'>): Part | null {
    const stored = this.#parts.get(key);
    const decoded = remembered(this.#memo, `${this.#root}.${key}`, stored, (path) =>
      codec.decode(path, stored),
    );
    if (!isNonconforming(decoded)) return decoded;
    this.nonconforming.push(decoded);
    return null;
  }
}

/** Makes a map hold these entries and no others. Those that are the same objects as before are not looked at. */
export function setEach<Entry extends object>(
  map: Y.Map<unknown>,
  entries: readonly Entry[],
  before: readonly Entry[] | undefined,
  { keyOf, encode }: { readonly keyOf: (entry: Entry) => string; readonly encode: (entry: Entry) => Plain },
): void {
  const stood = new Map(before?.map((entry) => [keyOf(entry), entry]));
  const stands = new Set(entries.map(keyOf));
  for (const key of [...map.keys()]) if (!stands.has(key)) map.delete(key);
  for (const entry of entries)
    if (stood.get(keyOf(entry)) !== entry) setEntry(map, keyOf(entry), encode(entry));
}

export function setEntry(map: Y.Map<unknown>, key: string, stored: Plain): void {
  if (JSON.stringify(map.get(key)) !== JSON.stringify(stored)) map.set(key, stored);
}
