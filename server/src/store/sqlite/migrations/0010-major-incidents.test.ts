import { describe, expect, it } from 'vitest';
import { ticketOf } from '../../../commands/records.ts';
import { putBackMajorIncidents } from './test-before.ts';
import { reopenedAfter } from './test-reopened.ts';

describe('0010-major-incidents', { timeout: 30_000 }, () => {
  it('makes every record of before one that never was a major incident', async () => {
    const { store, row } = await reopenedAfter(putBackMajorIncidents);
    expect(row).toMatchObject({ major: null, severity: null });
    expect(ticketOf(row).major).toBeNull();
    expect((await store.verify()).findings).toEqual([]);
  });
});
