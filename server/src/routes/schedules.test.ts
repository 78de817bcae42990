import { ONCALL_NAME, inboxName, readInbox, readSchedules } from '@muster/documents';
import { onCallAt } from '@muster/domain/shared';
import type { PersonId, Schedule, ScheduleForm, Span } from '@muster/domain/shared';
import { CLOSE } from '@muster/sync';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { loadDirectory } from '../store/directory.ts';
import { TEST_PEOPLE, startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let server: TestServer;
let admin: TestSession;
let agent: TestSession;
let other: TestSession;
let requester: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  [admin, agent, other, requester] = (await Promise.all(
    ['admin', 'agent', 'other', 'requester'].map((who) => server.signIn(`${who}@desk.test`)),
  )) as [TestSession, TestSession, TestSession, TestSession];
});
afterAll(() => server.stop());

/** People by the day from the start of this year's first day on, in UTC. */
function form(people: readonly PersonId[], change: Partial<ScheduleForm> = {}): ScheduleForm {
  const day = { unit: 'day', length: 1, handoverAt: 0, startsOn: '2026-01-01', hours: null } as const;
  const layer = { id: 'layer', name: 'By day', people, ...day };
  return { name: 'Desk', team: null, zone: 'UTC', cover: null, layers: [layer], ...change };
}

async function schedule(by: TestSession = admin, of = [agent.person, other.person]): Promise<string> {
  const id = ulid();
  const outcome = await by.run('schedule.create', id, { form: form(of) });
  if (outcome.outcome !== 'applied') throw new Error(JSON.stringify(outcome));
  return id;
}

const kept = async (id: string, at = server): Promise<Schedule | undefined> =>
  [...(await loadDirectory(at.store.reader)).schedules.values()].find((each) => each.id === id);

const override = (person: PersonId, span: Span) => ({
  override: { id: ulid(), person, ...span, note: '' },
});

/** The next whole UTC day on which a person is on call. */
async function dayOf(id: string, person: PersonId, at = server): Promise<Span> {
  const found = await kept(id, at);
  if (found === undefined) throw new Error('there is no schedule');
  let from = (Math.floor(Date.now() / DAY) + 1) * DAY;
  while (onCallAt(found, from)[0] !== person) from += DAY;
  return { from, to: from + DAY };
}

async function news(of: TestSession): Promise<readonly string[]> {
  const inbox = of.open(inboxName(of.person));
  await inbox.synced();
  const items = readInbox(inbox.doc).items.map(({ kind, detail }) => `${kind} ${String(detail['schedule'])}`);
  inbox.destroy();
  return items;
}

describe('schedules', () => {
  it('[DSK-135] reach all staff in a document of their own, and nobody else', async () => {
    const id = await schedule();
    const client = other.open(ONCALL_NAME);
    await client.synced();
    expect([...readSchedules(client.doc).schedules.values()]).toContainEqual(await kept(id));
    await agent.run('schedule.override', id, override(agent.person, { from: 0, to: Date.now() + HOUR }), 1);
    const shown = () => [...readSchedules(client.doc).schedules.values()].find((each) => each.id === id);
    await expect.poll(() => shown()?.overrides.length).toBe(1);
    client.destroy();

    const stranger = requester.open(ONCALL_NAME);
    expect(await stranger.closed()).toMatchObject({ code: CLOSE.forbidden });
    stranger.destroy();
    const answer = await (await other.call('GET', '/api/schedules')).json();
    const told = (answer as { schedules: { id: string; onCall: string[] }[] }).schedules;
    expect(told.find((each) => each.id === id)?.onCall).toEqual([agent.person]);
    expect((await requester.call('GET', '/api/schedules')).status).toBe(403);
    const listed = await (await requester.call('GET', '/api/documents')).text();
    expect(listed).not.toContain(ONCALL_NAME);
    const directory = requester.open('directory@1');
    await directory.synced();
    expect(JSON.stringify(directory.doc.getMap('settings').toJSON())).not.toContain(id);
    for (const target of [id, ulid()])
      expect(await requester.run('schedule.remove', target, {}, 1)).toMatchObject({
        outcome: 'refused',
        refusal: { code: 'desk/no-such-schedule', schedule: target },
      });
  });

  it.each([
    ['schedule.create', { form: { ...form([]), colour: 'red' } }, 'command/malformed'],
    ['schedule.create', { form: form([]) }, 'desk/invalid-value'],
    ['schedule.override', { override: { id: 'mine' } }, 'command/malformed'],
    ['schedule.explode', {}, 'command/unknown-type'],
  ])('%s with what cannot be is refused', async (type, args, code) => {
    expect(await admin.run(type, ulid(), args)).toMatchObject({ outcome: 'refused', refusal: { code } });
  });

  it('[DSK-138] tell whoever is relieved, once, whatever is sent again', async () => {
    const id = await schedule();
    const span = await dayOf(id, agent.person);
    const command = {
      ...{ id: ulid(), type: 'schedule.override', target: id, basis: 1, clientAt: Date.now() },
      args: override(other.person, span),
    };
    for (let time = 0; time < 2; time += 1) {
      const answer = await other.call('POST', '/api/commands', [command]);
      expect(await answer.json()).toMatchObject([{ outcome: 'applied', version: 2 }]);
    }
    expect((await news(agent)).filter((each) => each === `shift-changed ${id}`)).toHaveLength(1);
    expect((await kept(id))?.overrides).toHaveLength(1);
  });

  it('[DSK-139] let the first of two who take over at once stand, and tell the other', async () => {
    const id = await schedule();
    const span = await dayOf(id, agent.person);
    const outcomes = await Promise.all([
      other.run('schedule.override', id, override(other.person, span), 1),
      agent.run('schedule.override', id, override(agent.person, span), 1),
    ]);
    const lost = outcomes.find(({ outcome }) => outcome === 'refused');
    const winner = (await kept(id))?.overrides.map(({ person }) => person);
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual(['applied', 'refused']);
    expect(lost).toMatchObject({ refusal: { code: 'desk/shift-taken', by: winner?.[0] } });
    expect(winner).toHaveLength(1);
  });

  it('[DSK-140] survive a restart with an open swap, which is then accepted, and verify', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'muster-oncall-'));
    onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
    const first = await startTestServer({ dataFolder, people: TEST_PEOPLE });
    const [boss, ana] = await Promise.all([first.signIn('admin@desk.test'), first.signIn('agent@desk.test')]);
    const bo = first.account('other@desk.test').id;
    const id = await schedule(boss, [ana.person, bo]);
    const gives = await dayOf(id, ana.person, first);
    const swap = { id: ulid(), with: bo, gives, takes: await dayOf(id, bo, first), note: 'Dentist' };
    expect(await ana.run('schedule.ask-swap', id, { swap }, 1)).toMatchObject({ outcome: 'applied' });
    await first.stop();

    const second = await startTestServer({ dataFolder, accounts: first.accounts });
    onTestFinished(() => second.stop());
    const them = await second.signIn('other@desk.test');
    expect(await news(them)).toContain(`swap-asked ${id}`);
    const answer = { swap: swap.id, accept: true };
    expect(await them.run('schedule.answer-swap', id, answer, 2)).toMatchObject({ version: 3 });
    const after = await kept(id, second);
    expect(after === undefined ? [] : onCallAt(after, gives.from)).toEqual([bo]);
    expect(await news(await second.signIn('agent@desk.test'))).toContain(`swap-answered ${id}`);
    expect(await second.store.verify()).toMatchObject({ ok: true, findings: [] });
  });
});

describe('calendars of shifts', () => {
  const make = async (by: TestSession, of: string | null) => {
    const answer = await by.call('POST', '/api/me/calendars', { schedule: of });
    expect(answer.status).toBe(201);
    return (await answer.json()) as { calendar: { id: string }; address: string };
  };

  it('[DSK-142] are read under a secret address without signing in, until it is taken back or replaced', async () => {
    const id = await schedule();
    const { calendar, address } = await make(agent, id);
    const read = await fetch(address);
    expect(read.headers.get('content-type')).toBe('text/calendar; charset=utf-8');
    const text = (await read.text()).replaceAll('\r\n ', '');
    expect(text).toContain('SUMMARY:On call: Arne Agent (Desk)');
    expect(text).toContain('SUMMARY:On call: Olga Other (Desk)');
    const own = await (await fetch((await make(agent, null)).address)).text();
    expect(own.replaceAll('\r\n ', '')).not.toContain('SUMMARY:On call: Olga');

    expect((await other.call('DELETE', `/api/me/calendars/${calendar.id}`)).status).toBe(404);
    expect((await agent.call('DELETE', `/api/me/calendars/${calendar.id}`)).status).toBe(204);
    const replaced = await make(agent, id);
    await make(agent, id);
    for (const gone of [address, replaced.address, `${server.url}/calendar/${'x'.repeat(43)}.ics`])
      expect((await fetch(gone)).status).toBe(404);
  });

  it('[DSK-142] are not for requesters, nor for keys, and end with the account', async () => {
    expect((await requester.call('POST', '/api/me/calendars', { schedule: null })).status).toBe(403);
    const { address } = await make(other, null);
    expect((await fetch(address)).status).toBe(200);
    const off = await admin.call('PATCH', `/api/people/${other.person}`, { active: false });
    expect(off.status).toBe(200);
    expect((await fetch(address)).status).toBe(404);
    await admin.call('PATCH', `/api/people/${other.person}`, { active: true });
  });

  const own = async (of: TestSession): Promise<readonly string[]> => {
    const answer = await of.call('GET', '/api/me/calendars');
    const { calendars } = (await answer.json()) as { calendars: { id: string; schedule: string | null }[] };
    return calendars.filter((each) => each.schedule === null).map(({ id }) => id);
  };

  it('[DSK-142] have one address at a time, however many are made at once', async () => {
    await Promise.all([null, null, null, null].map((of) => make(agent, of)));
    expect(await own(agent)).toHaveLength(1);
  });

  it('[DSK-142] are taken back by who may not read them any more', async () => {
    const { calendar, address } = await make(agent, null);
    const role = async (...roles: readonly string[]) =>
      expect((await admin.call('PATCH', `/api/people/${agent.person}`, { roles })).status).toBe(200);
    await role('requester');
    onTestFinished(() => role('agent'));
    expect((await fetch(address)).status).toBe(404);
    expect(await own(agent)).toEqual([calendar.id]);
    expect((await agent.call('POST', '/api/me/calendars', { schedule: null })).status).toBe(403);
    expect((await agent.call('DELETE', `/api/me/calendars/${calendar.id}`)).status).toBe(204);
    expect(await own(agent)).toEqual([]);
  });

  it('[DSK-142] show a change at once, keep the id of a shift over the years, and are read at a pace', async () => {
    const turn = { unit: 'week', length: 52, handoverAt: 0, startsOn: '2020-01-06', hours: null } as const;
    const id = ulid();
    const layer = { id: 'layer', name: 'By year', people: [agent.person], ...turn };
    await admin.run('schedule.create', id, { form: form([], { layers: [layer] }) });
    const { address } = await make(agent, id);
    const text = async () => (await (await fetch(address)).text()).replaceAll('\r\n ', '');
    const before = await text();
    const year = 52 * 7 * DAY;
    const first = Date.UTC(2020, 0, 6);
    const begin = first + Math.floor((Date.now() - first) / year) * year;
    expect(before).toContain(`UID:shift-${id}-${begin}@`);
    expect(await text()).toBe(before);
    const now = Date.now();
    await agent.run('schedule.override', id, override(agent.person, { from: now, to: now + HOUR }), 1);
    expect(await text()).toContain('DESCRIPTION:Override');
    const reads = await Promise.all(Array.from({ length: 40 }, () => fetch(address)));
    const over = reads.filter(({ status }) => status === 429);
    expect(over.length).toBeGreaterThan(0);
    expect(Number(over[0]?.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await fetch((await make(agent, null)).address)).status).toBe(200);
  });

  it('[DSK-142] leave their secret in no log and in no file of the store', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'muster-feeds-'));
    onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
    const logFile = join(dataFolder, 'server.log');
    const quiet = await startTestServer({ dataFolder, people: TEST_PEOPLE, logFile });
    const { address } = await make(await quiet.signIn('agent@desk.test'), null);
    const secret = /calendar\/(.+)\.ics$/.exec(address)?.[1] ?? '';
    expect((await fetch(address)).status).toBe(200);
    await quiet.stop();
    const entries = await readdir(dataFolder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(1);
    for (const file of files)
      expect((await readFile(join(file.parentPath, file.name))).includes(secret), file.name).toBe(false);
    expect(await readFile(logFile, 'utf8')).toContain('/calendar/:file');
  });
});
