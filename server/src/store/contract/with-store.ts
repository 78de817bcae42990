import { afterAll, beforeAll } from 'vitest';
import type { OpenStore } from '../contract.ts';
import type { Store } from '../store.ts';

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
