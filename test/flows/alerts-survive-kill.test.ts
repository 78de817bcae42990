/** A server dies again and again while it works alerts off; each payload that it took counts once. */
import { startTestServer } from '@muster/server/testing';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { StandbyServer } from '../support/server-process.ts';
import type { Arming } from '../support/sync/arm-failpoints.ts';

const folder = mkdtempSync(join(tmpdir(), 'muster-alerts-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const EMPTY = { dataFolder: folder, logFile: join(folder, 'server.log'), port: 0, people: [], records: 0 };
const GROUPS = 12;
const DEATHS: readonly Arming[] = [
  { name: 'command.reactions.before', hit: 2, action: 'kill' },
  { name: 'store.commit.before', hit: 6, action: 'kill' },
  { name: 'command.reactions.after', hit: 5, action: 'kill' },
  { name: 'store.commit.after', hit: 9, action: 'kill' },
];

async function makeIntegration(): Promise<{ id: string; key: string }> {
  const server = await startTestServer({
    dataFolder: folder,
    people: [{ email: 'admin@desk.test', roles: ['administrator'] }],
  });
  const admin = await server.signIn('admin@desk.test');
  const answer = await admin.call('POST', '/api/integrations', { name: 'Watch', kind: 'pagerduty' });
  const { integration, key } = (await answer.json()) as { integration: { id: string }; key: string };
  await server.stop();
  return { id: integration.id, key };
}

describe('a server that dies over alerts', () => {
  it('[INC-79] works each payload off once, however often it dies', { timeout: 120_000 }, async () => {
    const { id, key } = await makeIntegration();
    const left = new Set(
      Array.from({ length: GROUPS }, (_, at) => [`${at} trigger`, `${at} resolve`]).flat(),
    );
    let deaths = 0;
    for (const death of [...DEATHS, null]) {
      const standby = new StandbyServer(join(folder, 'server.log'), { armed: true });
      const server = await standby
        .serve({ ...EMPTY, failpoints: death === null ? [] : [death] })
        .catch(() => null);
      if (server === null) {
        deaths += 1;
        continue;
      }
      for (const one of left) {
        const [group = '', action = ''] = one.split(' ');
        const body = {
          routing_key: key,
          event_action: action,
          dedup_key: `group-${group}`,
          payload: { summary: `Group ${group}`, source: 's', severity: 'error' },
        };
        const answer = await fetch(`${server.served.url}/api/alerts/${id}/v2/enqueue`, {
          method: 'POST',
          body: JSON.stringify(body),
        }).catch(() => null);
        if (answer === null) break;
        if (answer.status === 202) left.delete(one);
      }
      if (death === null) await server.stop();
      else await server.ended;
      if (server.endedBy === 'SIGKILL') deaths += 1;
    }
    expect(deaths).toBe(DEATHS.length);
    expect(left.size).toBe(0);

    const after = await startTestServer({ dataFolder: folder });
    await after.alerts.idle();
    const { reader } = after.store;
    const records = await reader
      .selectFrom('record')
      .select(['title', 'state'])
      .where('requester', '=', id)
      .execute();
    const episodes = await reader.selectFrom('alert').select(['state']).execute();
    const waiting = await reader.selectFrom('alert_intake').select('seq').execute();
    const { findings } = await after.store.verify();
    await after.stop();
    expect(records.map(({ title }) => title).toSorted()).toEqual(
      Array.from({ length: GROUPS }, (_, at) => `Group ${at}`).toSorted(),
    );
    expect(new Set(records.map(({ state }) => state))).toEqual(new Set(['resolved']));
    expect(episodes.filter(({ state }) => state === 'firing')).toEqual([]);
    expect(waiting).toEqual([]);
    expect(findings).toEqual([]);
  });
});
