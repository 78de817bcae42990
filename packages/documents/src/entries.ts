/** Maps of a document with an entry for each thing: only what differs is written, and only what was written is decoded. */
import type * as Y from 'yjs';
import type { Plain } from './codec.ts';

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
