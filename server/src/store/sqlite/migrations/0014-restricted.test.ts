import { describe, expect, it } from 'vitest';
import { ticketOf } from '../../../commands/records.ts';
import { putBackReaders } from './test-before.ts';
import { reopenedAfter } from './test-reopened.ts';

describe('0014-restricted', { timeout: 30_000 }, () => {
  it('names nobody as a reader of the records of before', async () => {
    const { store, row } = await reopenedAfter(putBackReaders);
    expect(row.readers).toBeNull();
    expect(ticketOf(row).readers).toEqual([]);
    expect((await store.verify()).findings).toEqual([]);
  });
});
