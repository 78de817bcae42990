import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Agreement, BusinessCalendar, Ticket } from '@muster/domain/shared';
import { openLog } from '../log.ts';
import { writeSetting } from '../store/settings.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { startEscalationClock } from './escalation-clock.ts';

const HOUR_MS = 60 * 60 * 1000;
const ALWAYS: BusinessCalendar = {
  id: 'always',
  name: 'Round the clock',
  zone: 'UTC',
  hours: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, from: 0, to: 24 * 60 })),
  holidays: [],
};
const AGREEMENTS: readonly Agreement[] = ([1, 2, 3, 4, 5] as const).map((priority) => ({
  id: `resolution-${priority}`,
  process: 'incident',
  priority,
  metric: 'resolution',
  targetMs: 4 * HOUR_MS,
  calendar: 'always',
}));

let server: TestServer;
let agent: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  agent = await server.signIn('agent@desk.test');
  await writeSetting(server.store.writer, 'calendars', [ALWAYS], Date.now());
  await writeSetting(server.store.writer, 'agreements', AGREEMENTS, Date.now());
  await server.store.refreshDirectory();
});
afterAll(() => server.stop());

const clockOn = () => startEscalationClock(server.store, openLog('silent'));

async function escalationOf(id: string): Promise<Ticket['escalation']> {
  const answer = (await (await agent.call('GET', `/api/records/${id}`)).json()) as { ticket: Ticket };
  return answer.ticket.escalation;
}

describe('the escalation clock', () => {
  it('[DSK-104] warns at three quarters and escalates at the whole, each once, also after a start', async () => {
    const { id } = await agent.createTicket('incident');
    const made = Date.now();
    const clock = clockOn();
    expect(await clock.tick(made + 2 * HOUR_MS)).toBe(0);
    expect(await clock.tick(made + 3.1 * HOUR_MS)).toBe(1);
    expect(await escalationOf(id)).toMatchObject({ level: 0, passed: [{ percent: 75 }] });
    expect(await clock.tick(made + 3.2 * HOUR_MS)).toBe(0);
    clock.stop();

    const started = clockOn();
    expect(await started.tick(made + 3.3 * HOUR_MS)).toBe(0);
    expect(await started.tick(made + 4.1 * HOUR_MS)).toBe(1);
    expect(await started.tick(made + 4.2 * HOUR_MS)).toBe(0);
    const escalation = await escalationOf(id);
    expect(escalation?.level).toBeGreaterThan(0);
    expect(escalation?.passed).toHaveLength(2);
    started.stop();
  });

  it('[DSK-105] takes note of what happens meanwhile, and leaves alone what passed long ago', async () => {
    const clock = clockOn();
    await clock.tick(Date.now());
    const { id } = await agent.createTicket('incident');
    const made = Date.now();
    await agent.run('incident.transition', id, { to: 'in_progress' }, 1);
    const hold = { to: 'on_hold', holdReason: 'vendor', reason: 'Part is ordered.' };
    const version = (await (await agent.call('GET', `/api/records/${id}`)).json()) as { ticket: Ticket };
    await agent.run('incident.transition', id, hold, version.ticket.version);
    expect(await clock.tick(made + 5 * HOUR_MS)).toBe(0);
    expect(await escalationOf(id)).toBeNull();
    clock.stop();

    const { id: old } = await agent.createTicket('incident');
    const late = clockOn();
    expect(await late.tick(made + 30 * HOUR_MS)).toBe(0);
    expect(await escalationOf(old)).toBeNull();
    late.stop();
  });
});
