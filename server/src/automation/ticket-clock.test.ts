import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLog } from '../log.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { startTicketClock } from './ticket-clock.ts';
import type { TicketClock } from './ticket-clock.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let server: TestServer;
let agent: TestSession;
let clock: TicketClock;
beforeAll(async () => {
  server = await startTestServer();
  agent = await server.signIn('agent@desk.test');
  clock = startTicketClock(server.store, openLog('silent'));
});
afterAll(async () => {
  clock.stop();
  await server.stop();
});

const run = async (target: string, ...acts: { verb: string; args: object }[]) => {
  for (const [version, { verb, args }] of acts.entries()) {
    const command = {
      id: ulid(),
      type: `incident.${verb}`,
      target,
      args,
      basis: version,
      clientAt: Date.now(),
    };
    const [outcome] = (await (await agent.call('POST', '/api/commands', [command])).json()) as [
      { outcome: string },
    ];
    expect(outcome).toMatchObject({ outcome: 'applied' });
  }
};
const create = {
  verb: 'create',
  args: {
    kind: 'incident',
    title: 'New badge',
    description: '',
    impact: 3,
    urgency: 3,
    requester: '',
    service: null,
    category: null,
    team: null,
    channel: 'desk',
  },
};
const made = () => ({ ...create, args: { ...create.args, requester: agent.person } });
const ticketOf = async (id: string) => {
  const { ticket } = (await (await agent.call('GET', `/api/records/${id}`)).json()) as {
    ticket: { state: string; snoozedUntil: number | null; version: number };
  };
  return ticket;
};

describe('the ticket clock', () => {
  it('closes what was resolved and not objected to in five days, once', async () => {
    const id = ulid();
    await run(
      id,
      made(),
      { verb: 'claim', args: {} },
      { verb: 'transition', args: { to: 'in_progress' } },
      { verb: 'transition', args: { to: 'resolved', code: 'fixed', notes: 'Printed and handed over.' } },
    );
    expect(await clock.tick(Date.now() + 4 * DAY_MS)).toBe(0);
    expect((await ticketOf(id)).state).toBe('resolved');
    expect(await clock.tick(Date.now() + 6 * DAY_MS)).toBe(1);
    const closed = await ticketOf(id);
    expect(closed.state).toBe('closed');
    expect(await clock.tick(Date.now() + 6 * DAY_MS)).toBe(0);
    expect((await ticketOf(id)).version).toBe(closed.version);
  });

  it('wakes a snoozed ticket when its time has come', async () => {
    const id = ulid();
    await run(id, made(), { verb: 'snooze', args: { until: Date.now() + 60_000 } });
    expect(await clock.tick(Date.now())).toBe(0);
    expect(await clock.tick(Date.now() + 61_000)).toBe(1);
    expect((await ticketOf(id)).snoozedUntil).toBeNull();
  });
});
