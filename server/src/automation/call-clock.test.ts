import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { callOf, nextInCall } from '@muster/domain/shared';
import type { Call, TeamId, Ticket } from '@muster/domain/shared';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from '../log.ts';
import { startTestMailServer } from '../channels/mail/test-mail-server.ts';
import type { TestMailServer } from '../channels/mail/test-mail-server.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { startCallClock } from './call-clock.ts';

const MINUTE_MS = 60_000;

let mails: TestMailServer;
let server: TestServer;
let agent: TestSession;
let other: TestSession;
let lead: TestSession;
let network: TeamId;
beforeAll(async () => {
  mails = await startTestMailServer();
  server = await startTestServer({ mail: mails.settings, origin: 'https://desk.example.org' });
  const admin = await server.signIn('admin@desk.test');
  [agent, other, lead] = await Promise.all([
    server.signIn('agent@desk.test'),
    server.signIn('other@desk.test'),
    server.signIn('lead@desk.test'),
  ]);
  network = server.teams.get('Network') as TeamId;
  const steps = [
    { kind: 'person', person: agent.person },
    { kind: 'wait', minutes: 5 },
    { kind: 'team', team: network, part: 'all' },
    { kind: 'wait', minutes: 5 },
  ];
  const made = await admin.call('PUT', `/api/chains/${network}`, {
    basis: 0,
    name: 'Network',
    steps,
    repeats: 0,
  });
  expect(made.status).toBe(200);
});
afterAll(async () => {
  await server.stop();
  await mails.close();
});

const clockOn = (on: TestServer = server) => startCallClock(on.store, openLog('silent'));

async function ticketOf(id: string, who: TestSession = lead): Promise<Ticket> {
  return ((await (await who.call('GET', `/api/records/${id}`)).json()) as { ticket: Ticket }).ticket;
}

async function callIn(id: string, who: TestSession = lead): Promise<Call> {
  const call = callOf((await ticketOf(id, who)).calls, network);
  if (call === undefined) throw new Error('no call');
  return call;
}

const dueIn = async (id: string, who: TestSession = lead): Promise<number> =>
  nextInCall(await callIn(id, who))?.at ?? 0;

/** Makes an incident and escalates it to the team that has a chain. */
async function escalate(): Promise<string> {
  const { id } = await lead.createTicket('incident');
  const reason = 'Needs their access';
  const outcome = await lead.run('incident.escalate-to-team', id, { team: network, reason }, 1);
  expect(outcome).toMatchObject({ outcome: 'applied' });
  return id;
}

/** Who was told what of calls, in the order in which they were. */
async function told(id: string, on: TestServer = server): Promise<readonly string[]> {
  const rows = await on.store.reader
    .selectFrom('inbox_item')
    .select(['person', 'kind'])
    .where('record', '=', id)
    .where('kind', 'in', ['called', 'call-over', 'call-used-up'])
    .orderBy('at')
    .execute();
  return rows.map(({ person, kind }) => `${kind} ${person}`);
}

describe('the call clock', () => {
  it('[DSK-152] [DSK-156] [DSK-163] calls one at once, the next after its wait, and stops at “I have it”', async () => {
    const id = await escalate();
    expect(await told(id)).toEqual([`called ${agent.person}`]);
    expect(await callIn(id)).toMatchObject({ state: 'calling', cause: 'escalated' });
    const due = await dueIn(id);
    const clock = clockOn();
    expect(await clock.tick(due - 1)).toBe(0);
    expect(await clock.tick(due)).toBe(1);
    expect(await told(id)).toEqual([`called ${agent.person}`, `called ${other.person}`]);

    const { version } = await ticketOf(id);
    const answer = await other.run('incident.acknowledge-call', id, { team: network }, version);
    expect(answer).toMatchObject({ outcome: 'applied' });
    const late = await agent.run('incident.acknowledge-call', id, { team: network }, version);
    expect(late).toMatchObject({ outcome: 'superseded', by: { person: other.person } });
    expect(await callIn(id, agent)).toMatchObject({ state: 'acknowledged', endedBy: other.person });
    expect(await told(id)).toContain(`call-over ${agent.person}`);
    expect(await clock.tick(due + 60 * MINUTE_MS)).toBe(0);
    clock.stop();

    await server.mail?.work(Date.now());
    expect(mails.received.map(({ to }) => to[0])).toContain('agent@desk.test');
    const receipts = await (await lead.call('GET', `/api/records/${id}/told`)).json();
    expect(receipts).toMatchObject({
      receipts: expect.arrayContaining([
        expect.objectContaining({
          person: other.person,
          kind: 'called',
          acknowledgedAt: expect.any(Number) as number,
        }),
        expect.objectContaining({ person: agent.person, kind: 'called', acknowledgedAt: null }),
      ]) as unknown,
    });
  });

  it('[DSK-153] takes each step once, whichever clocks look and whenever one starts', async () => {
    const id = await escalate();
    const due = await dueIn(id);
    const [first, second] = [clockOn(), clockOn()];
    await Promise.all([first.tick(due), second.tick(due), first.tick(due)]);
    expect((await callIn(id)).taken).toHaveLength(2);
    for (const clock of [first, second]) clock.stop();
    const started = clockOn();
    expect(await started.tick(due)).toBe(0);
    started.stop();
    expect(await told(id)).toHaveLength(2);
  });

  it('[DSK-160] a chain that nobody answered is told to who manages major incidents, once', async () => {
    const id = await escalate();
    const clock = clockOn();
    await clock.tick(await dueIn(id));
    const end = await dueIn(id);
    expect(await clock.tick(end)).toBe(1);
    expect(await clock.tick(end + MINUTE_MS)).toBe(0);
    clock.stop();
    const unanswered = (await told(id)).filter((one) => one.startsWith('call-used-up'));
    expect(unanswered).toContain(`call-used-up ${lead.person}`);
    expect(new Set(unanswered).size).toBe(unanswered.length);
    expect((await callIn(id)).state).toBe('used-up');
    const history = await server.store.reader
      .selectFrom('event')
      .select('type')
      .where('record', '=', id)
      .where('type', 'like', 'call-%')
      .orderBy('version')
      .execute();
    expect(history.map(({ type }) => type)).toEqual([
      'call-begun',
      'call-step-taken',
      'call-step-taken',
      'call-used-up',
    ]);
  });

  it('[DSK-153] goes on after the server was away, from where the call stood', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'muster-calls-'));
    onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
    const before = await startTestServer({ dataFolder, people: PEOPLE });
    const admin = await before.signIn('boss@desk.test');
    const team = before.teams.get('Night') as TeamId;
    const steps = [
      { kind: 'person', person: admin.person },
      { kind: 'wait', minutes: 1 },
      { kind: 'team', team, part: 'all' },
      { kind: 'wait', minutes: 1 },
    ];
    await admin.call('PUT', `/api/chains/${team}`, { basis: 0, name: 'Night', steps, repeats: 0 });
    const { id } = await admin.createTicket('incident');
    await admin.run('incident.begin-call', id, { team }, 1);
    await before.stop();

    const after = await startTestServer({ dataFolder, accounts: before.accounts });
    onTestFinished(() => after.stop());
    const clock = clockOn(after);
    onTestFinished(() => clock.stop());
    const inThreeDays = Date.now() + 3 * 24 * 60 * MINUTE_MS;
    expect(await clock.tick(inThreeDays)).toBe(1);
    expect(await told(id, after)).toEqual([
      `called ${admin.person}`,
      `called ${after.account('night@desk.test').id}`,
    ]);
    expect((await after.store.verify()).findings).toEqual([]);
  });
});

const PEOPLE = [
  { email: 'boss@desk.test', name: 'Bea Boss', roles: ['administrator'] },
  { email: 'night@desk.test', name: 'Nils Night', roles: ['agent'], teams: ['Night'] },
] as const;
