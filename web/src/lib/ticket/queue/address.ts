import { DEFAULT_SORTING, SORT_KEYS, type SortKey, type Sorting } from './sorting.ts';
import { GROUP_KEYS, type GroupKey } from './grouping.ts';

/** What a queue shows, as it stands in the address and in a saved view. */
export interface QueueAddress {
  /** The filter as written. */
  readonly query: string;
  readonly sorting: Sorting;
  readonly group: GroupKey;
}

export const DEFAULT_ADDRESS: QueueAddress = { query: 'state:open', sorting: DEFAULT_SORTING, group: 'none' };

/** Reads `?q=…&sort=-updated&group=team`. Unknown words fall back to the default, so an old link still opens. */
export function readAddress(parameters: Pick<URLSearchParams, 'get'>): QueueAddress {
  return {
    query: parameters.get('q') ?? DEFAULT_ADDRESS.query,
    sorting: readSorting(parameters.get('sort')),
    group: readGroup(parameters.get('group')),
  };
}

/** Writes the address into parameters that may hold others, leaving defaults out. */
export function writeAddress(address: QueueAddress, parameters: URLSearchParams): URLSearchParams {
  const written = new URLSearchParams(parameters);
  setOrDrop(written, 'q', address.query, DEFAULT_ADDRESS.query);
  setOrDrop(written, 'sort', printSorting(address.sorting), printSorting(DEFAULT_SORTING));
  setOrDrop(written, 'group', address.group, DEFAULT_ADDRESS.group);
  return written;
}

export function isSameAddress(a: QueueAddress, b: QueueAddress): boolean {
  return (
    a.query.trim() === b.query.trim() &&
    a.group === b.group &&
    a.sorting.key === b.sorting.key &&
    a.sorting.descending === b.sorting.descending
  );
}

function readSorting(text: string | null): Sorting {
  const descending = text?.startsWith('-') ?? false;
  const key = descending ? text?.slice(1) : text;
  return isSortKey(key) ? { key, descending } : DEFAULT_SORTING;
}

function printSorting({ key, descending }: Sorting): string {
  return descending ? `-${key}` : key;
}

function readGroup(text: string | null): GroupKey {
  return GROUP_KEYS.find((key) => key === text) ?? DEFAULT_ADDRESS.group;
}

function isSortKey(key: string | null | undefined): key is SortKey {
  return (SORT_KEYS as readonly (string | null | undefined)[]).includes(key);
}

function setOrDrop(parameters: URLSearchParams, name: string, value: string, standard: string): void {
  if (value === standard) parameters.delete(name);
  else parameters.set(name, value);
}
