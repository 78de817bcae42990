/** What becomes of a record that was made before some migrations: they share the store in which it was made. */
import { describe, expect, it } from 'vitest';
import { ticketOf } from '../../../commands/records.ts';
import { putBackMajorIncidents, putBackReaders } from './test-before.ts';
import { reopening } from './test-reopened.ts';

const reopenedAfter = reopening();

describe('a record of before', () => {
  it('0010-major-incidents makes one that never was a major incident', async () => {
    const { store, row } = await reopenedAfter(putBackMajorIncidents);
    expect(row).toMatchObject({ major: null, severity: null });
    expect(ticketOf(row).major).toBeNull();
    expect((await store.verify()).findings).toEqual([]);
  });

  it('0014-restricted names nobody as its reader', async () => {
    const { store, row } = await reopenedAfter(putBackReaders);
    expect(row.readers).toBeNull();
    expect(ticketOf(row).readers).toEqual([]);
    expect((await store.verify()).findings).toEqual([]);
  });
});
