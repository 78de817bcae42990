import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let server: TestServer;
let admin: TestSession;
let agent: TestSession;
let requester: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  [admin, agent, requester] = (await Promise.all(
    ['admin', 'agent', 'requester'].map((who) => server.signIn(`${who}@desk.test`)),
  )) as [TestSession, TestSession, TestSession];
});
afterAll(() => server.stop());

async function make(
  by: TestSession,
): Promise<{ readonly calendar: { readonly id: string }; readonly address: string }> {
  const answer = await by.call('POST', '/api/me/calendars', { about: 'changes' });
  expect(answer.status).toBe(201);
  return (await answer.json()) as { calendar: { id: string }; address: string };
}

const unfolded = async (address: string) => (await (await fetch(address)).text()).replaceAll('\r\n ', '');

describe('the calendar of changes for other programs', () => {
  it('[CHG-80] tells of changes and follows a move at once', async () => {
    const { address } = await make(agent);
    const id = ulid();
    const begins = Math.ceil(Date.now() / HOUR) * HOUR + DAY;
    const fields = { title: 'Relay, new one', items: [], begins, ends: begins + HOUR };
    await agent.run('change.create', id, { model: 'normal', fields });
    const before = await unfolded(address);
    expect(before).toContain(`UID:change-${id}@`);
    expect(before).toContain('STATUS:TENTATIVE');
    expect(before).toContain('Relay\\, new one');
    await agent.run('change.edit', id, { fields: { begins: begins + HOUR, ends: begins + 2 * HOUR } }, 1);
    const start = new Date(begins + HOUR).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');
    expect(await unfolded(address)).toContain(`DTSTART:${start}Z`);
  });

  it('[CHG-81] tells of a freeze as soon as it is set, and not after it was removed', async () => {
    const { address } = await make(agent);
    expect(await unfolded(address)).not.toContain('Year end');
    const day = new Date(Date.now() + 3 * DAY).toISOString().slice(0, 10);
    const rule = {
      name: 'Year end',
      kind: 'freeze',
      hard: true,
      when: { zone: 'UTC', begins: `${day}T00:00`, ends: `${day}T12:00`, repeats: null },
      services: null,
      classes: null,
      models: null,
    };
    expect((await admin.call('PUT', '/api/change/windows/year-end', { basis: 0, rule })).status).toBe(200);
    expect(await unfolded(address)).toContain('SUMMARY:Hard freeze: Year end');
    await admin.call('DELETE', '/api/change/windows/year-end', { basis: 1 });
    expect(await unfolded(address)).not.toContain('Year end');
  });

  it('stands beside the address of shifts, one at a time, and ends with the right to read changes', async () => {
    const shifts = (await (await agent.call('POST', '/api/me/calendars', { schedule: null })).json()) as {
      address: string;
    };
    const first = await make(agent);
    const { address, calendar } = await make(agent);
    expect((await fetch(first.address)).status).toBe(404);
    expect((await fetch(shifts.address)).status).toBe(200);
    const answer = await (await agent.call('GET', '/api/me/calendars')).json();
    const { calendars } = answer as { calendars: { id: string; about: string }[] };
    expect(calendars.filter(({ about }) => about === 'changes').map(({ id }) => id)).toEqual([calendar.id]);

    const role = (role: string) => admin.call('PATCH', `/api/people/${agent.person}`, { roles: [role] });
    await role('requester');
    onTestFinished(() => role('agent').then(() => undefined));
    expect((await fetch(address)).status).toBe(404);
    expect((await requester.call('POST', '/api/me/calendars', { about: 'changes' })).status).toBe(403);
  });

  it('has no schedule', async () => {
    const answer = await agent.call('POST', '/api/me/calendars', { about: 'changes', schedule: ulid() });
    expect(answer.status).toBe(400);
  });
});
