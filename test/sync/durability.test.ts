/**
 * A server in a process of its own is killed in the midst of work, again and again on the same data. Whatever it had
 * answered, acknowledged or shown to somebody else before it died must be there when it is back.
 */
import { startTestServer } from '@muster/server/testing';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { note } from '../support/sync/measures.ts';
import { Random, effort, seeds, timeLimit } from '../support/sync/random.ts';
import { storedHistory } from '../support/sync/stored.ts';
import { PATIENT, Trial } from '../support/sync/trial.ts';
import { workUntilDead } from '../support/sync/workday.ts';

/** Deaths on one data folder. */
const ROUNDS = effort({ short: 5, perThousand: 20 });
/** A store that takes longer than this to come back is broken, however busy the machine is. */
const RECOVERY_LIMIT_MS = 20_000;

describe('a server that is killed at any moment', () => {
  it.each(seeds(20_261_123, { short: 1, perThousand: 22 }))(
    'loses nothing that it answered, acknowledged or showed [seed %i]',
    timeLimit(600_000),
    async (seed) => {
      const trial = await Trial.open(new Random(seed));
      for (let round = 0; round < ROUNDS; round += 1) {
        expect(await trial.start()).toBe(true);
        await trial.expectAllThere();
        const moment = trial.answers + 5 + trial.random.below(90);
        await workUntilDead(trial, async () => {
          await vi.waitUntil(() => trial.answers >= moment, PATIENT);
          await trial.server.kill();
        });
        note('kill rounds', 1);
      }
      await expectRepliesOnce(trial);
      expect(Math.max(...trial.recoveries)).toBeLessThan(RECOVERY_LIMIT_MS);
    },
  );
});

/** The store holds each reply that was applied once, and none that nobody sent. */
async function expectRepliesOnce(trial: Trial): Promise<void> {
  const server = await startTestServer({ dataFolder: trial.folder, people: [] });
  onTestFinished(() => server.stop());
  expect(await server.store.verify()).toMatchObject({ ok: true, findings: [] });
  const replies = (await Promise.all(trial.records.map((id) => storedHistory(server, id))))
    .flat()
    .flatMap(({ event }) => (event.type === 'replied' ? [event.text] : []));
  const asked = trial.authors.flatMap(({ sent, outcomes }) =>
    [...new Map(sent.map((one) => [one.id, one])).values()]
      .filter(({ type }) => type.endsWith('.reply'))
      .map(({ id, args }) => ({
        text: (args as { text: string }).text,
        isApplied: outcomes.get(id)?.outcome === 'applied',
      })),
  );
  const said = asked.filter(({ isApplied }) => isApplied).map(({ text }) => text);
  expect(said.length).toBeGreaterThan(0);
  // each once; of what was under way when the server died for the last time, some may be there unanswered
  expect(new Set(replies).size).toBe(replies.length);
  expect(replies).toEqual(expect.arrayContaining(said));
  expect(asked.map(({ text }) => text)).toEqual(expect.arrayContaining(replies));
}
