import { ulid } from 'ulid';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { openLog } from '../../log.ts';
import { mailAt, startTestServer } from '../../testing.ts';
import type { TestServer, TestSession } from '../../testing.ts';
import { startTestMailServer, wordsOf } from '../mail/test-mail-server.ts';
import type { ReceivedMail, TestMailServer } from '../mail/test-mail-server.ts';
import { startNoticePages } from './notice-pages.ts';

const ORIGIN = 'https://desk.example.org';
const HOUR = 3_600_000;
const EVERYBODY = ['admin', 'agent', 'lead', 'other', 'requester'].map((who) => `${who}@desk.test`);

let mails: TestMailServer;
let server: TestServer;
let lead: TestSession;
beforeEach(async () => {
  mails = await startTestMailServer();
  server = await startTestServer({ mail: mails.settings, origin: ORIGIN });
  onTestFinished(async () => {
    await server.stop();
    await mails.close();
  });
  lead = await server.signIn('lead@desk.test');
});

/** Queues and sends what is due, as the clocks would. */
async function post(): Promise<void> {
  const pages = startNoticePages(server.store, openLog('silent'));
  pages.stop();
  await pages.tick(Date.now());
  await mailAt(server, Date.now() + 1_000);
}

async function run(id: string, verb: string, args: object): Promise<void> {
  expect(await lead.run(`announcement.${verb}`, id, args, 99)).toMatchObject({ outcome: 'applied' });
}

async function draft(fields: object = {}): Promise<string> {
  const id = ulid();
  const all = {
    ...{ kind: 'planned-outage', title: 'VPN is renewed', message: 'Nobody can dial in.', services: [] },
    ...{ beginsAt: Date.now() + 100 * HOUR, endsAt: Date.now() + 101 * HOUR, public: false, audience: [] },
  };
  await run(id, 'create', { fields: { ...all, ...fields } });
  return id;
}

async function announce(fields: object = {}): Promise<string> {
  const id = await draft(fields);
  await run(id, 'step', { to: 'scheduled' });
  return id;
}

const recipients = (received: readonly ReceivedMail[]) => received.map(({ to }) => to[0]).toSorted();

/** A line of the calendar in a mail, which is in it twice: beside the words and as a file. */
function calendarLine(mail: ReceivedMail | undefined, name: string): string | undefined {
  const parts = (mail?.raw ?? '').split(/\r\n--[^\r\n]+\r\n/);
  const encoded = parts.find((part) => /content-type: text\/calendar/i.test(part)) ?? '';
  const [head = '', body = ''] = encoded.split('\r\n\r\n');
  const isBase64 = /base64/i.test(head);
  const text = isBase64 ? Buffer.from(body, 'base64').toString('utf8') : wordsOf(body);
  const line = text.replaceAll('\r\n ', '').split('\r\n');
  return line.find((each) => each.startsWith(`${name}:`))?.slice(name.length + 1);
}

const rows = () => server.store.writer.selectFrom('delivery').selectAll().orderBy('id').execute();

describe('announcements by mail', () => {
  it('[DSK-195] [DSK-196] go once to everybody, and a reminder to who asked for it', async () => {
    await announce();
    await post();
    await post();
    expect(recipients(mails.received)).toEqual(EVERYBODY);
    const [mail] = mails.received;
    expect(mail?.headers.get('subject')).toBe('Planned outage announced: VPN is renewed');
    expect(wordsOf(mail?.raw ?? '')).toContain('Nobody can dial in.');
    expect(wordsOf(mail?.raw ?? '')).toContain(`${ORIGIN}/announcements#`);
    const ids = mails.received.map(({ headers }) => headers.get('message-id'));
    expect(new Set(ids).size).toBe(EVERYBODY.length);
    expect(new Set(mails.received.map(({ headers }) => headers.get('references'))).size).toBe(1);

    const agent = await server.signIn('agent@desk.test');
    const chosen = { mail: { 'announcement-reminder': true, announced: false } };
    expect((await agent.call('PUT', '/api/me/channels', chosen)).status).toBe(204);
    const begun = await announce();
    await run(begun, 'step', { to: 'in_progress' });
    await post();
    const later = mails.received.slice(EVERYBODY.length);
    expect(
      later.filter(({ to }) => to[0] === 'agent@desk.test').map(({ headers }) => headers.get('subject')),
    ).toEqual(['Planned outage has begun: VPN is renewed']);
    expect(later.filter(({ to }) => to[0] === 'lead@desk.test')).toHaveLength(1);
  });

  it('[DSK-192] [DSK-193] go to the people of the named teams, and of new ones to who came in', async () => {
    const [desk, network] = [server.teams.get('Desk'), server.teams.get('Network')];
    const id = await announce({ audience: [desk] });
    await post();
    expect(recipients(mails.received)).toEqual(['agent@desk.test', 'lead@desk.test']);
    await run(id, 'edit', { fields: { audience: [desk, network] } });
    await post();
    expect(recipients(mails.received.slice(2))).toEqual(['other@desk.test']);
    expect(mails.received.at(-1)?.headers.get('subject')).toBe(
      'Planned outage concerns you too: VPN is renewed',
    );
    await run(id, 'edit', { fields: { audience: [network] } });
    await run(id, 'step', { to: 'cancelled' });
    await post();
    const titles = mails.received.slice(3).map(({ to, headers }) => `${to[0]} ${headers.get('subject')}`);
    expect(titles.toSorted()).toEqual([
      'agent@desk.test Planned outage does not concern you any more: VPN is renewed',
      'lead@desk.test Planned outage does not concern you any more: VPN is renewed',
      'other@desk.test Planned outage is called off: VPN is renewed',
    ]);
  });

  it('[DSK-193] [DSK-198] take the calendar entry back from who fell out, and tell them nothing new', async () => {
    const [desk, network] = [server.teams.get('Desk'), server.teams.get('Network')];
    const id = await announce({ audience: [desk] });
    await post();
    const fields = { audience: [network], title: 'Secret VPN', beginsAt: Date.now() + 90 * HOUR };
    await run(id, 'edit', { fields });
    await post();
    const [first, last, ...more] = mails.received.filter(({ to }) => to[0] === 'agent@desk.test');
    expect(more).toEqual([]);
    expect(['STATUS', 'UID', 'DTSTART', 'SEQUENCE'].map((name) => calendarLine(last, name))).toEqual([
      'CANCELLED',
      ...['UID', 'DTSTART', 'SEQUENCE'].map((name) => calendarLine(first, name)),
    ]);
    expect(calendarLine(last, 'SUMMARY')).toBe('[Cancelled] VPN is renewed');
    expect(wordsOf(last?.raw ?? '')).not.toContain('Secret');
    expect(calendarLine(first, 'URL')).toBe(`${ORIGIN}/announcements#${id}`);

    // nobody of Desk was sent it, so nothing is to be taken back
    const unsent = await announce({ audience: [desk] });
    await run(unsent, 'edit', { fields: { audience: [network] } });
    await post();
    expect(mails.received.filter(({ to }) => to[0] === 'agent@desk.test')).toHaveLength(2);
  });

  it('[DSK-197] are skipped where they were read, or are overtaken', async () => {
    const agent = await server.signIn('agent@desk.test');
    const { port } = mails.settings;
    // nothing leaves meanwhile
    await mails.close();
    const id = await announce({ audience: [server.teams.get('Desk')] });
    await agent.run('announcement.acknowledge', id, { revision: 1 });
    await post();
    const states = async () =>
      (await rows()).map(({ state, reason }) => (state === 'skipped' ? reason : state));
    expect((await states()).toSorted()).toEqual(['queued', 'read']);
    await run(id, 'step', { to: 'postponed' });
    mails = await startTestMailServer(port);
    await post();
    await mailAt(server, Date.now() + HOUR);
    expect((await states()).toSorted()).toEqual(['overtaken', 'read', 'sent', 'sent']);
    expect(mails.received.map(({ headers }) => headers.get('subject'))).toEqual([
      'Planned outage is postponed: VPN is renewed',
      'Planned outage is postponed: VPN is renewed',
    ]);
  });

  it('[DSK-197] [DSK-198] carry the calendar entry, and end it when the work is called off', async () => {
    const agent = await server.signIn('agent@desk.test');
    const id = await announce({ audience: [server.teams.get('Desk')] });
    await post();
    await agent.run('announcement.acknowledge', id, { revision: 1 });
    await run(id, 'edit', { fields: { endsAt: Date.now() + 102 * HOUR } });
    await post();
    // it is read, and still changes what stands in a calendar
    await agent.run('announcement.acknowledge', id, { revision: 2 });
    await run(id, 'step', { to: 'cancelled' });
    await post();
    const ours = mails.received.filter(({ to }) => to[0] === 'agent@desk.test');
    expect(ours.map((mail) => calendarLine(mail, 'SEQUENCE'))).toEqual(['1', '2', '3']);
    expect(ours.map((mail) => calendarLine(mail, 'STATUS'))).toEqual(['CONFIRMED', 'CONFIRMED', 'CANCELLED']);
    expect(new Set(ours.map((mail) => calendarLine(mail, 'UID')))).toEqual(
      new Set([`announcement-${id}@desk.example.org`]),
    );
    expect(ours[0]?.raw).toMatch(/content-type: text\/calendar;[^;]*charset=utf-8; method=PUBLISH/i);
  });

  it('[DSK-200] are ended by one click, for their kind and their person alone', async () => {
    await announce();
    await post();
    const mail = mails.received.find(({ to }) => to[0] === 'requester@desk.test');
    const link = /^<(.+)>$/.exec(mail?.headers.get('list-unsubscribe') ?? '')?.[1] ?? '';
    expect(mail?.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const path = new URL(link).pathname;
    expect(await (await server.call('GET', path)).text()).toContain('Get no more of these mails?');
    const post1 = (where: string) =>
      server.call('POST', where, 'List-Unsubscribe=One-Click', {
        'content-type': 'application/x-www-form-urlencoded',
      });
    expect((await post1(`${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404);
    await announce();
    await post();
    expect(mails.received).toHaveLength(2 * EVERYBODY.length);
    expect((await post1(path)).status).toBe(200);
    await announce();
    await post();
    expect(recipients(mails.received.slice(2 * EVERYBODY.length))).toEqual(
      EVERYBODY.filter((each) => each !== 'requester@desk.test'),
    );
    const requester = await server.signIn('requester@desk.test');
    const own = (await (await requester.call('GET', '/api/me/channels')).json()) as {
      mail: { kinds: { kind: string; wanted: boolean; byDefault: boolean }[] };
    };
    expect(own.mail.kinds.filter(({ wanted, byDefault }) => wanted !== byDefault)).toEqual([
      { kind: 'announced', wanted: false, byDefault: true },
    ]);
  });

  it('stand among what did not arrive, with their person', async () => {
    mails.refuse = (address) => (address === 'other@desk.test' ? 550 : null);
    await announce();
    await post();
    const admin = await server.signIn('admin@desk.test');
    const { troubled } = (await (await admin.call('GET', '/api/channels')).json()) as { troubled: object[] };
    expect(troubled).toMatchObject([
      { state: 'failed', personName: 'Olga Other', kind: 'announced', record: null },
    ]);
  });
});
