import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openStoreIn } from '../store/open.ts';
import { endLine, importServiceNow } from './runner.ts';
import { DEFAULT_SERVICENOW_MAPPING } from './servicenow/mapping.ts';

/** Real data is never part of the project: it lies beside it, or where MUSTER_SHARED_DATA says. */
const DATA =
  process.env['MUSTER_SHARED_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url));
const LOG = join(DATA, 'servicenow/incident_event_log.csv.gz');

test('a real event log of 28,499 rows is imported whole, and changes nothing the second time', async ({
  skip,
}) => {
  if (!existsSync(LOG)) skip('the real event log is not on this machine: importing it was left out');
  const folder = await mkdtemp(join(tmpdir(), 'muster-real-log-'));
  const store = await openStoreIn(folder);
  const onFault = (fault: unknown): void => {
    throw fault;
  };
  const run = (dryRun: boolean) =>
    importServiceNow(store, createReadStream(LOG), { mapping: DEFAULT_SERVICENOW_MAPPING, dryRun, onFault });
  try {
    expect(endLine(await run(true))).toBe('read 4000, made 4000, updated 0, unchanged 0, set aside 0');
    const first = await run(false);
    expect(endLine(first)).toBe('read 4000, made 4000, updated 0, unchanged 0, set aside 0');
    expect(first.rows).toBe(28_499);
    expect(endLine(await run(false))).toBe('read 4000, made 0, updated 0, unchanged 4000, set aside 0');
    expect(await store.verify()).toMatchObject({ ok: true, findings: [], records: 4000 });
  } finally {
    await store.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 400_000);
