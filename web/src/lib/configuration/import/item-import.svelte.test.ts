import { personId } from '@muster/domain/shared';
import { describe, expect, test, vi } from 'vitest';
import { BoundaryError } from '#lib/connection/boundary-error.ts';
import type { ImportApi, ImportAsked, ImportJob } from './import-api.ts';
import { ItemImport } from './item-import.svelte.ts';

const JOB: ImportJob = {
  ...{ id: '01JOB', by: personId('ann'), startedAt: 0, dryRun: false, format: 'csv', name: 'racks' },
  ...{ state: 'applying', done: 200, of: 900, error: null, hasReport: false },
};
const ASKED: ImportAsked = {
  ...{ file: new Blob(['a']), format: 'csv', name: 'racks', mapping: null, dryRun: false },
};

/** A server that is asked once while it works, and was started anew before it is asked again. */
async function cutOff(job: ImportJob): Promise<ItemImport> {
  let asked = 0;
  const api: Partial<ImportApi> = {
    begin: () => Promise.resolve({ id: job.id }),
    job: () =>
      (asked += 1) === 1
        ? Promise.resolve(job)
        : Promise.reject(new BoundaryError('not-found', 'There is no such thing.')),
  };
  const run = new ItemImport(api as ImportApi);
  await run.start(ASKED);
  await vi.waitFor(() => expect(run.isBusy).toBe(false), { timeout: 5_000 });
  return run;
}

describe('an import of items that is followed', () => {
  test('[CFG-105] is said to be interrupted, with what was written, when the server was started anew', async () => {
    const run = await cutOff(JOB);
    expect(run.problem).toBeNull();
    expect(run.job).toMatchObject({
      state: 'interrupted',
      error: expect.stringMatching(
        /At least 200 of 900 steps were written.*Import the same file again/,
      ) as string,
    });
  });

  test('[CFG-105] as a trial has written nothing', async () => {
    const run = await cutOff({ ...JOB, dryRun: true, state: 'reading', done: 0, of: 0 });
    expect(run.job?.error).toMatch(/Nothing was written; try it again/);
  });
});
