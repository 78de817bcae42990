import { personId } from '@muster/domain/shared';
import type { AlertReport } from '@muster/domain/incident';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { join } from 'node:path';
import { makeIntegration } from '../../../alerts/integrations.ts';
import type { Store } from '../../store.ts';
import { admitPeople, temporaryFolder } from '../../test-store.ts';
import { openSqliteStore } from '../open.ts';

/** One payload of a play: which group, which of its alerts, which episode of it, and what is said. */
interface Word {
  readonly group: number;
  readonly alert: number;
  readonly episode: number;
  readonly status: 'firing' | 'resolved';
}

const { folder, remove } = temporaryFolder();
let store: Store;
let plays = 0;
beforeAll(async () => {
  store = await openSqliteStore({ file: join(folder, 'muster.db') });
  await admitPeople(store);
});
afterAll(async () => {
  await store.close();
  remove();
});

const word: fc.Arbitrary<Word> = fc.record({
  group: fc.nat({ max: 2 }),
  alert: fc.nat({ max: 2 }),
  episode: fc.nat({ max: 1 }),
  status: fc.constantFrom('firing' as const, 'firing' as const, 'resolved' as const),
});

/** The same words twice: as they came, and in another order with some of them doubled. */
const twoWays = fc
  .array(word, { minLength: 1, maxLength: 12 })
  .chain((words) =>
    fc.tuple(
      fc.constant(words),
      fc.array(fc.nat({ max: words.length - 1 }), { maxLength: 6 }),
      fc.array(fc.integer(), { minLength: words.length + 6, maxLength: words.length + 6 }),
    ),
  )
  .map(([words, doubled, keys]) => {
    const all = [...words, ...doubled.map((at) => words[at] ?? words[0])] as Word[];
    const shuffled = all
      .map((one, at) => [keys[at] ?? 0, one] as const)
      .toSorted(([a], [b]) => a - b)
      .map(([, one]) => one);
    return [words, shuffled] as const;
  });

async function play(words: readonly Word[]): Promise<{ readonly episodes: unknown; readonly open: unknown }> {
  plays += 1;
  const asked = {
    name: `Play ${plays}`,
    kind: 'alertmanager',
    team: null,
    service: null,
    madeBy: personId('x'),
  } as const;
  const { integration } = await makeIntegration(store.writer, asked, Date.now());
  await store.refreshDirectory();
  for (const one of words) {
    const row = {
      integration: integration.id,
      received_at: Date.now(),
      report: JSON.stringify(reportOf(one)),
    };
    await store.writer.insertInto('alert_intake').values(row).execute();
  }
  while ((await store.workAlerts(1)).worked > 0);
  const episodes = await store.reader
    .selectFrom('alert')
    .select(['group_key', 'fingerprint', 'starts_at', 'state'])
    .where('integration', '=', integration.id)
    .orderBy('group_key')
    .orderBy('fingerprint')
    .orderBy('starts_at')
    .execute();
  const open = await store.reader
    .selectFrom('record')
    .select(['title', 'state'])
    .where('requester', '=', integration.id)
    .where('state', '<>', 'resolved')
    .orderBy('title')
    .execute();
  return { episodes, open: open.map(({ title }) => title) };
}

function reportOf({ group, alert, episode, status }: Word): AlertReport {
  const labels = { instance: String(alert) };
  return {
    groupKey: `g${group}`,
    title: `Group ${group}`,
    status,
    truncated: 0,
    labels: {},
    alerts: [
      { fingerprint: `a${alert}`, startsAt: 1_000 + episode, status, labels, annotations: {}, url: null },
    ],
  };
}

describe('working alerts off', () => {
  test(
    '[INC-78] any order and doubling of payloads ends with the same episodes and the same open incidents',
    { timeout: 60_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(twoWays, async ([words, others]) => {
          const one = await play(words);
          expect(await play(others)).toEqual(one);
          // no group that fires is without an incident, and none has two
          const firing = new Set(
            (one.episodes as { group_key: string; state: string }[])
              .filter(({ state }) => state === 'firing')
              .map(({ group_key: key }) => `Group ${key.slice(1)}`),
          );
          expect(one.open).toEqual([...firing].toSorted());
        }),
        { numRuns: 30 },
      );
    },
  );
});
