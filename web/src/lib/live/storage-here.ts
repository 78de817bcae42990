/** What is kept in this browser beside the documents. */
export type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const NOWHERE: Shelf = { getItem: () => null, setItem: () => undefined, removeItem: () => undefined };

/** Where the browser keeps it; where that is forbidden, which looking alone is refused for, nothing is kept. */
export function storageHere(kind: 'localStorage' | 'sessionStorage'): Shelf {
  try {
    return globalThis[kind];
  } catch {
    return NOWHERE;
  }
}
