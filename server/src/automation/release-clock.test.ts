import type { Release } from '@muster/domain/release';
import { ulid } from 'ulid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openLog } from '../log.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { startReleaseClock } from './release-clock.ts';

const HOUR = 3_600_000;

let server: TestServer;
let lead: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  lead = await server.signIn('lead@desk.test');
});
afterAll(() => server.stop());

async function releaseOf(id: string): Promise<Release> {
  return ((await (await lead.call('GET', `/api/releases/${id}`)).json()) as { release: Release }).release;
}

it('[REL-13] phases paced by dates begin and end on their days, and a gate that is not met holds one', async () => {
  const id = ulid();
  const now = Date.now();
  const fields = {
    ...{ kind: 'minor', title: 'Summer', label: '', services: [], owner: null, pace: 'dates' },
    ...{ beginsAt: null, endsAt: null, hypercareHours: 48, rollbackTestedAt: null },
  };
  await lead.run('release.create', id, { fields });
  const rule = { kind: 'check', check: 'tests', bound: 'at-least', threshold: 100 };
  const phase = (name: string, from: number, gates: readonly object[] = []) => ({
    ...{ id: name, name, stage: 'planning', gates },
    ...{ beginsAt: now + from * HOUR, endsAt: now + (from + 1) * HOUR },
  });
  const gates = [{ id: 'tests', name: 'Tests', rule }];
  const phases = [phase('one', -9), phase('two', -8, gates), phase('three', -7), phase('four', 9)];
  await lead.run('release.plan-phases', id, { phases }, 1);
  await lead.run('release.transition', id, { to: 'planning' }, 2);
  const clock = startReleaseClock(server.store, openLog('silent'));
  const standing = async () => {
    await clock.tick(Date.now());
    return (await releaseOf(id)).phases.map(({ state }) => state);
  };
  expect(await standing()).toEqual(['completed', 'in_progress', 'pending', 'pending']);
  expect(await standing()).toEqual(['completed', 'in_progress', 'pending', 'pending']);
  const { version } = await releaseOf(id);
  await lead.run('release.report-check', id, { check: 'tests', value: 100 }, version);
  expect(await standing()).toEqual(['completed', 'completed', 'completed', 'pending']);
  clock.stop();
});
