import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLog } from '../log.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { startTicketClock } from './ticket-clock.ts';
import type { Clock } from './clock.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

let server: TestServer;
let agent: TestSession;
let clock: Clock;
beforeAll(async () => {
  server = await startTestServer();
  agent = await server.signIn('agent@desk.test');
  clock = startTicketClock(server.store, openLog('silent'));
});
afterAll(async () => {
  clock.stop();
  await server.stop();
});

const ticketOf = async (id: string) => {
  const { ticket } = (await (await agent.call('GET', `/api/records/${id}`)).json()) as {
    ticket: { state: string; snoozedUntil: number | null; version: number };
  };
  return ticket;
};

describe('the ticket clock', () => {
  it('closes what was resolved and not objected to in five days, once', async () => {
    const { id } = await agent.createTicket('incident');
    await agent.run('incident.claim', id, {}, 1);
    await agent.run('incident.transition', id, { to: 'in_progress' }, 2);
    const resolution = { to: 'resolved', code: 'fixed', notes: 'The relay was restarted.' };
    await agent.run('incident.transition', id, resolution, 3);
    expect(await clock.tick(Date.now() + 4 * DAY_MS)).toBe(0);
    expect((await ticketOf(id)).state).toBe('resolved');
    expect(await clock.tick(Date.now() + 6 * DAY_MS)).toBe(1);
    const closed = await ticketOf(id);
    expect(closed.state).toBe('closed');
    expect(await clock.tick(Date.now() + 6 * DAY_MS)).toBe(0);
    expect((await ticketOf(id)).version).toBe(closed.version);
  });

  it('wakes a snoozed ticket when its time has come', async () => {
    const { id } = await agent.createTicket('incident');
    await agent.run('incident.snooze', id, { until: Date.now() + 60_000 }, 1);
    expect(await clock.tick(Date.now())).toBe(0);
    expect(await clock.tick(Date.now() + 61_000)).toBe(1);
    expect((await ticketOf(id)).snoozedUntil).toBeNull();
  });
});
