/** A server dies at each of the named places, in the midst of work on the same data, and nothing is lost. */
import { FAILPOINTS } from '@muster/sync/failpoint';
import type { FailpointName } from '@muster/sync/failpoint';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { note } from '../support/sync/measures.ts';
import { Random, effort, seeds, timeLimit } from '../support/sync/random.ts';
import { PATIENT, Trial } from '../support/sync/trial.ts';
import { workUntilDead } from '../support/sync/workday.ts';

const NAMES = Object.keys(FAILPOINTS) as FailpointName[];
/** Reached while a store opens, and then seldom. */
const AT_START: readonly FailpointName[] = ['restore.dropped', 'marker.written'];
/** Not in a server's way: `restore-command.test.ts` breaks a restore off at each of them. */
const IN_A_COMMAND: readonly FailpointName[] = NAMES.filter((name) => name.startsWith('put-back.'));
/** Reached a few times in a trial. */
const SELDOM: readonly FailpointName[] = NAMES.filter((name) => /^(backup|epoch|snapshot)\./.test(name));
const ROUNDS = effort({ short: 1, perThousand: 4 });
const root = fileURLToPath(new URL('../../', import.meta.url));

describe('a server that dies at a named place', () => {
  it.each(seeds(20_261_123, { short: 1, perThousand: 2 }))(
    'loses nothing at any of them [seed %i]',
    timeLimit(900_000),
    async (seed) => {
      const trial = await Trial.open(new Random(seed));
      await trial.start();
      await trial.makeRecords();
      await trial.server.kill();
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const name of NAMES.filter((one) => ![...AT_START, ...IN_A_COMMAND].includes(one)))
          await dieAt(name, trial);
      }
      expect(await trial.start()).toBe(true);
      await trial.expectAllThere();
    },
  );

  it('opens again when it died while it opened', timeLimit(300_000), async () => {
    const trial = await Trial.open(new Random(20_261_123));
    await trial.start();
    await trial.makeRecords();
    const copy = join(trial.folder, 'copy.db');
    await trial.server.ask({ do: 'backup', file: copy });
    await trial.server.kill();
    for (const name of AT_START) {
      await putBack(copy, trial.folder);
      expect(await trial.start([{ name, hit: 1, action: 'kill' }])).toBe(false);
      expect(await trial.start()).toBe(true);
      await trial.expectAllThere();
      await trial.server.kill();
      note('kill rounds', 1);
    }
  });
});

async function dieAt(name: FailpointName, trial: Trial): Promise<void> {
  const hit = 1 + trial.random.below(SELDOM.includes(name) ? 2 : 20);
  if (await trial.start([{ name, hit, action: 'kill' }])) {
    await trial.unlessDead(() => trial.expectAllThere());
    await workUntilDead(trial, () =>
      vi
        .waitUntil(() => !trial.isAlive, PATIENT)
        .catch(() => {
          throw new Error(`nothing came to the failpoint ${name}`);
        }),
    );
  }
  note('kill rounds', 1);
}

async function putBack(copy: string, folder: string): Promise<void> {
  const file = join(folder, 'muster.db');
  for (const suffix of ['-wal', '-shm']) rmSync(`${file}${suffix}`, { force: true });
  await copyFile(copy, file);
}

describe('the list of failpoints', () => {
  it('names each place in the code once, and none that is not there', () => {
    const sources = globSync(['packages/sync/src/**/*.ts', 'server/src/**/*.ts'], { cwd: root })
      .filter((path) => !path.endsWith('.test.ts'))
      .map((path) => readFileSync(join(root, path), 'utf8'));
    const called = sources.flatMap((text) =>
      [...text.matchAll(/failpoint\('([^']+)'\)/g)].map(([, name]) => name),
    );
    expect(called.toSorted()).toEqual(NAMES.toSorted());
  });
});
