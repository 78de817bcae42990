import { afterAll, beforeAll } from 'vitest';
import type { Store } from '../store.ts';

/** Opens an empty store with the people of `admitPeople`; `close` takes it away with everything it wrote. */
export type OpenStore = () => Promise<{ readonly store: Store; readonly close: () => Promise<void> }>;

/** One store for the tests of a `describe`; they use records of their own. */
export function withStore(open: OpenStore): () => Store {
  let opened: Awaited<ReturnType<OpenStore>> | null = null;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened?.close());
  return () => {
    if (opened === null) throw new Error('the store is not open');
    return opened.store;
  };
}
