import { inboxName, readAnnouncements, readReadings } from '@muster/documents';
import type { Announcement } from '@muster/domain/desk';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startAnnouncementClock } from '../automation/announcement-clock.ts';
import { openLog } from '../log.ts';
import { TEST_PEOPLE, startTestServer } from '../testing.ts';
import type { StockClient, TestServer, TestSession } from '../testing.ts';

const HOUR = 3_600_000;
const log = openLog('silent');

let server: TestServer;
let lead: TestSession;
let requester: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  [lead, requester] = await Promise.all([
    server.signIn('lead@desk.test'),
    server.signIn('requester@desk.test'),
  ]);
});
afterAll(() => server.stop());

const planned = (begin = Date.now() + 2 * HOUR) => ({
  kind: 'planned-outage',
  title: 'VPN is renewed',
  message: 'Nobody can dial in.',
  services: [],
  beginsAt: begin,
  endsAt: begin + HOUR,
  public: false,
});

async function draft(by = lead, fields: object = planned()): Promise<string> {
  const id = ulid();
  const outcome = await by.run('announcement.create', id, { fields });
  if (outcome.outcome !== 'applied') throw new Error(JSON.stringify(outcome));
  return id;
}

const listed = async (by: TestSession): Promise<readonly Announcement[]> =>
  ((await (await by.call('GET', '/api/announcements')).json()) as { announcements: Announcement[] })
    .announcements;

const shown = ({ doc }: StockClient, id: string) =>
  readAnnouncements(doc).announcements.find((each) => each.id === id);

describe('announcements', () => {
  it('reach everyone signed in when they are published, and nobody else before', async () => {
    const client = requester.open('notice');
    await client.synced();
    const id = await draft();
    expect((await listed(lead)).some((each) => each.id === id)).toBe(true);
    expect((await listed(requester)).some((each) => each.id === id)).toBe(false);
    expect(shown(client, id)).toBeUndefined();
    await lead.run('announcement.step', id, { to: 'scheduled' }, 1);
    await expect.poll(() => shown(client, id)).toMatchObject({ state: 'scheduled', revision: 1 });
    const [row] = (await listed(requester)).filter((each) => each.id === id);
    expect(shown(client, id)).toEqual(row);
    client.destroy();
  });

  it('are refused to whoever may not announce, before it is told whether they are there', async () => {
    const id = await draft();
    for (const target of [id, ulid()]) {
      expect(await requester.run('announcement.step', target, { to: 'scheduled' }, 1)).toMatchObject({
        outcome: 'refused',
        refusal: { code: 'desk/not-permitted' },
      });
      expect(await requester.run('announcement.acknowledge', target, { revision: 1 })).toMatchObject({
        refusal: { code: 'desk/no-such-announcement' },
      });
    }
    expect((await requester.call('GET', `/api/announcements/${id}/readers`)).status).toBe(403);
    expect((await server.call('GET', '/api/announcements')).status).toBe(401);
  });

  it.each([
    ['announcement.create', { fields: { ...planned(), audience: 'team' } }, 'command/malformed'],
    ['announcement.step', { to: 'away' }, 'command/malformed'],
    ['announcement.explode', {}, 'command/unknown-type'],
  ])('%s with what is not known is refused by the schema', async (type, args, code) => {
    expect(await lead.run(type, ulid(), args)).toMatchObject({ outcome: 'refused', refusal: { code } });
  });

  it('give the same answer to the same command again, and change once', async () => {
    const id = await draft();
    const command = {
      id: ulid(),
      type: 'announcement.step',
      target: id,
      args: { to: 'scheduled' },
      basis: 1,
      clientAt: Date.now(),
    };
    const first = await (await lead.call('POST', '/api/commands', [command])).json();
    expect(await (await lead.call('POST', '/api/commands', [command])).json()).toEqual(first);
    expect((await listed(lead)).find((each) => each.id === id)).toMatchObject({ version: 3, revision: 1 });
  });

  it('[DSK-75] of two steps at once the first stands and the second is told who came first', async () => {
    const admin = await server.signIn('admin@desk.test');
    const id = await draft();
    await admin.run('announcement.step', id, { to: 'scheduled' }, 1);
    expect(await lead.run('announcement.step', id, { to: 'cancelled' }, 1)).toMatchObject({
      refusal: { code: 'desk/announcement-moved', state: 'scheduled', by: admin.person },
    });
  });

  it('[DSK-83] remember who has read them, also in an inbox that is opened later', async () => {
    const id = await draft();
    await lead.run('announcement.step', id, { to: 'scheduled' }, 1);
    const open = requester.open(inboxName(requester.person));
    await open.synced();
    for (let again = 0; again < 2; again += 1)
      await requester.run('announcement.acknowledge', id, { revision: 1 });
    await expect.poll(() => readReadings(open.doc).has(`announcement:${id}:1`)).toBe(true);
    const agent = await server.signIn('agent@desk.test');
    await agent.run('announcement.acknowledge', id, { revision: 1 });
    const later = agent.open(inboxName(agent.person));
    await later.synced();
    expect(readReadings(later.doc).has(`announcement:${id}:1`)).toBe(true);
    const answer = await lead.call('GET', `/api/announcements/${id}/readers`);
    const { readers } = (await answer.json()) as { readers: { person: string; revision: number }[] };
    expect(readers.map(({ person, revision }) => [person, revision])).toEqual([
      [requester.person, 1],
      [agent.person, 1],
    ]);
    open.destroy();
    later.destroy();
  });

  it('are told wrong by no copy of them', async () => {
    const report = await server.store.verify();
    expect(report.findings).toEqual([]);
  });
});

describe('the clock of announcements', () => {
  it('[DSK-79] [DSK-81] reminds, begins and ends by itself, each once', async () => {
    const clock = startAnnouncementClock(server.store, log);
    onTestFinished(() => clock.stop());
    const begin = Date.now() + HOUR + 3_000;
    const id = await draft(lead, planned(begin));
    await lead.run('announcement.step', id, { to: 'scheduled' }, 1);
    const now = async () => (await listed(lead)).find((each) => each.id === id);
    const told = async () => (await now())?.told.map(({ notice }) => notice);
    await expect
      .poll(async () => {
        await clock.tick(Date.now());
        return told();
      })
      .toEqual(['publication', '1h']);
    await clock.tick(begin);
    expect((await now())?.state).toBe('in_progress');
    await clock.tick(begin + HOUR);
    expect(await clock.tick(begin + HOUR)).toBe(0);
    expect(await told()).toEqual(['publication', '1h', 'start', 'end']);
  });

  it('[DSK-81] does after a restart what fell due while the server stood still', async () => {
    const dataFolder = await mkdtemp(join(tmpdir(), 'muster-clock-'));
    onTestFinished(() => rm(dataFolder, { recursive: true, force: true }));
    const first = await startTestServer({ dataFolder, people: TEST_PEOPLE });
    const author = await first.signIn('lead@desk.test');
    const begin = Date.now() + HOUR;
    const id = await draft(author, { ...planned(begin), endsAt: begin + 1 });
    expect(await author.run('announcement.step', id, { to: 'scheduled' }, 1)).toMatchObject({
      outcome: 'applied',
    });
    await first.stop();
    const second = await startTestServer({ dataFolder, accounts: first.accounts });
    onTestFinished(() => second.stop());
    const clock = startAnnouncementClock(second.store, log);
    onTestFinished(() => clock.stop());
    expect(await clock.tick(begin + HOUR)).toBeGreaterThan(0);
    const [row] = await listed(await second.signIn('lead@desk.test'));
    expect(row).toMatchObject({ id, state: 'completed', revision: 1 });
  });
});
