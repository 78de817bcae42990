/** Owners of items are asked by a clock, on the command path, and their inbox says so. */
import { configurationBoardName } from '@muster/documents';
import { readConfiguration } from '@muster/documents/configuration';
import { DEFAULT_HEALTH, CONFIGURATION_RULES } from '@muster/domain/configuration';
import { SYSTEM_ACTOR, commandId, recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startItemClock } from '../automation/item-clock.ts';
import { openLog } from '../log.ts';
import { itemOf } from '../store/configuration.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const DAY = 24 * 60 * 60 * 1000;

let server: TestServer;
let agent: TestSession;
let lead: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  [agent, lead] = (await Promise.all(['agent', 'lead'].map((who) => server.signIn(`${who}@desk.test`)))) as [
    TestSession,
    TestSession,
  ];
});
afterAll(() => server.stop());

/** Made so many days ago. */
async function made(name: string, days: number, fields: object = {}): Promise<RecordId> {
  const [target, at] = [recordId(ulid()), Date.now() - days * DAY];
  const args = { fields: { class: 'application', name, ...fields }, state: 'in_service' };
  const command = { id: commandId(ulid()), type: 'item.create', target, args, basis: 0, clientAt: at };
  const [outcome] = await server.store.commands.actOut([{ command, actor: SYSTEM_ACTOR, at }]);
  expect(outcome).toMatchObject({ outcome: 'applied' });
  return target;
}

async function at(id: RecordId) {
  const row = await server.store.reader
    .selectFrom('configuration_item')
    .select('data')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return itemOf(row);
}

async function told(session: TestSession): Promise<readonly { record: string | null; of: unknown }[]> {
  const rows = await server.store.reader
    .selectFrom('inbox_item')
    .select(['record', 'detail'])
    .where('person', '=', session.person)
    .where('kind', '=', 'item-review')
    .execute();
  return rows.map(({ record, detail }) => ({ record, of: (JSON.parse(detail) as { of: unknown }).of }));
}

describe('items and their owners', () => {
  it('[CFG-54] [CFG-55] ask an owner once about what is incomplete or stale, and no more when it was confirmed', async () => {
    const old = await made('Shop', 200, { owner: agent.person });
    const fresh = await made('Till', 1, { owner: agent.person });
    const clock = startItemClock(server.store, openLog('silent'));
    expect(await clock.tick(Date.now())).toBe(1);
    expect(await clock.tick(Date.now())).toBe(0);
    expect(await told(agent)).toEqual([{ record: old, of: 'stale' }]);
    expect((await at(fresh)).care).toBeUndefined();
    expect(await agent.run('item.ask-review', old, {}, 2)).toMatchObject({
      refusal: { code: 'configuration/not-permitted' },
    });
    expect(await agent.run('item.confirm', old, {}, 2)).toMatchObject({ outcome: 'applied' });
    expect(await clock.tick(Date.now() + 100 * DAY)).toBe(0);
    clock.stop();
  });

  it('[CFG-57] [CFG-58] keep on the board what was told apart, and take rules of health from those who manage', async () => {
    const [one, other] = [await made('Payroll', 1), await made('Payrol', 1)];
    const board = agent.open(configurationBoardName(1));
    await board.synced();
    expect(await agent.run('item.tell-apart', one, { other }, 1)).toMatchObject({ outcome: 'applied' });
    const kept = () => [...readConfiguration(board.doc).items.values()].find(({ id }) => id === one)?.care;
    await expect.poll(kept).toEqual({ confirmedAt: null, askedAt: null, different: [other] });
    board.destroy();
    const health = { ...DEFAULT_HEALTH, staleDays: 30 };
    expect(await agent.run('configuration.set-health', CONFIGURATION_RULES, { health })).toMatchObject({
      outcome: 'refused',
    });
    expect(await lead.run('configuration.set-health', CONFIGURATION_RULES, { health })).toMatchObject({
      outcome: 'applied',
    });
    expect(
      await lead.run('configuration.set-health', CONFIGURATION_RULES, { health: { staleDays: 1 } }, 1),
    ).toMatchObject({ refusal: { code: 'command/malformed' } });
  });
});
