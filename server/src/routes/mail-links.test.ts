import { ulid } from 'ulid';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  ASKED_IN_AN_HOUR,
  CONFIRM_WITHIN_MS,
  askSubscriber,
  sweepUnconfirmed,
} from '../channels/announcement/subscribers.ts';
import { startNoticePages } from '../channels/announcement/notice-pages.ts';
import { startTestMailServer, wordsOf } from '../channels/mail/test-mail-server.ts';
import type { ReceivedMail, TestMailServer } from '../channels/mail/test-mail-server.ts';
import { openLog } from '../log.ts';
import { mailAt, startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const ORIGIN = 'https://desk.example.org';
const OUTSIDER = 'outsider@example.org';

let mails: TestMailServer;
let server: TestServer;
let lead: TestSession;
let admin: TestSession;
beforeEach(async () => {
  mails = await startTestMailServer();
  server = await startTestServer({ mail: mails.settings, origin: ORIGIN });
  onTestFinished(async () => {
    await server.stop();
    await mails.close();
  });
  [lead, admin] = await Promise.all([server.signIn('lead@desk.test'), server.signIn('admin@desk.test')]);
});

const send = (path: string, form = '', headers: Record<string, string> = {}) =>
  server.call('POST', path, form, { 'content-type': 'application/x-www-form-urlencoded', ...headers });
const follow = (address: string) => send('/status/follow', `address=${encodeURIComponent(address)}`);

async function post(): Promise<void> {
  const pages = startNoticePages(server.store, openLog('silent'));
  pages.stop();
  await pages.tick(Date.now());
  await mailAt(server, Date.now() + 1_000);
}

const outside = () => mails.received.filter(({ to }) => to[0]?.endsWith('@example.org'));

function confirmPath(mail: ReceivedMail | undefined): string {
  const path = /\/status\/confirm\/[\w~-]+/.exec(wordsOf(mail?.raw ?? ''))?.[0];
  if (path === undefined) throw new Error('the mail has no link');
  return path;
}

async function followFully(address = OUTSIDER): Promise<void> {
  await follow(address);
  await post();
  expect((await send(confirmPath(outside().at(-1)))).status).toBe(200);
}

async function announce(fields: object = {}): Promise<string> {
  const id = ulid();
  const all = {
    ...{ kind: 'outage', title: 'The shop is away', message: '', services: [] },
    ...{ beginsAt: null, endsAt: null, public: true, audience: [] },
  };
  await lead.run('announcement.create', id, { fields: { ...all, ...fields } });
  expect(await lead.run('announcement.step', id, { to: 'in_progress' }, 1)).toMatchObject({
    outcome: 'applied',
  });
  return id;
}

describe('who follows the status page by mail', () => {
  it('[DSK-201] is asked by mail first, says yes with a button, and is told once from then on', async () => {
    const page = await (await server.call('GET', '/status')).text();
    expect(page).toContain('action="/status/follow"');
    expect((await follow(OUTSIDER)).status).toBe(202);
    await announce();
    await post();
    const [mail] = outside();
    expect(outside()).toHaveLength(1);
    expect(mail?.headers.get('subject')).toBe('Follow our service status by mail?');
    const path = confirmPath(mail);
    // a mail program that looks into links does not say yes
    expect(await (await server.call('GET', path)).text()).toContain('Yes, send me the mails');
    await announce();
    await post();
    expect(outside()).toHaveLength(1);
    expect((await send(path, '', { origin: ORIGIN })).status).toBe(200);
    const id = await announce({ title: 'Mail is down' });
    await announce({ title: 'Internal', public: false });
    await post();
    await post();
    expect(outside().map(({ headers }) => headers.get('subject'))).toEqual([
      'Follow our service status by mail?',
      'Outage announced: Mail is down',
    ]);
    expect(wordsOf(outside()[1]?.raw ?? '')).toContain(`${ORIGIN}/status#${id}`);
  });

  it('[DSK-201] says yes within a day, by the newest link, and by no link that is made up', async () => {
    await follow(OUTSIDER);
    await post();
    const path = confirmPath(outside()[0]);
    const forged = path.replace(/~\d+~/, '~1~');
    for (const wrong of [
      forged,
      `${path}x`,
      '/status/confirm/x',
      `${path.replace('confirm', 'unsubscribe')}`,
    ])
      expect((await send(wrong)).status, wrong).toBe(404);
    await server.store.writer
      .updateTable('status_subscriber')
      .set((each) => ({ asked_at: each('asked_at', '-', CONFIRM_WITHIN_MS) }))
      .execute();
    expect((await send(path)).status).toBe(404);
    await sweepUnconfirmed(server.store.writer, Date.now() + 1_000);
    expect(await server.store.writer.selectFrom('status_subscriber').selectAll().execute()).toEqual([]);
  });

  it('[DSK-202] hears the same whether the address is known or not, and no address is asked twice', async () => {
    await followFully();
    const answers = await Promise.all(
      [OUTSIDER, ' OUTSIDER@example.org', 'new@example.org', 'new@example.org'].map(async (address) => {
        const answer = await follow(address);
        return `${answer.status} ${(await answer.text()).replaceAll(/\w+@example\.org/g, 'ADDRESS')}`;
      }),
    );
    expect(new Set(answers).size).toBe(1);
    await post();
    expect(outside().map(({ to }) => to[0])).toEqual([OUTSIDER, 'new@example.org']);
    for (const wrong of ['', 'nobody', 'a@b, c@d', 'a@b\r\nBcc: c@d', 'a@people.invalid'])
      expect((await follow(wrong)).status).toBe(400);
    const long = await send('/status/follow', `address=${'a'.repeat(5_000)}@example.org`);
    expect(long.status).toBe(413);
  });

  it('[DSK-202] asks no more often than so in an hour', async () => {
    const codes = [];
    for (let count = 0; count < 62; count += 1) codes.push((await follow(`a${count}@example.org`)).status);
    expect(codes.slice(0, 60).every((code) => code === 202)).toBe(true);
    expect(codes.slice(60)).toEqual([429, 429]);
  });

  it('[DSK-202] is limited by who asks: the client that a trusted proxy names, its network, no typing error', async () => {
    const behind = await startTestServer({ mail: mails.settings, origin: ORIGIN, trustedProxy: true });
    onTestFinished(() => behind.stop());
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    const ask = async (server: TestServer, forwarded: string, address: string) => {
      const headers = { ...form, 'x-forwarded-for': forwarded };
      return (await server.call('POST', '/status/follow', `address=${address}`, headers)).status;
    };
    for (let count = 0; count < 60; count += 1) {
      const made = `192.0.2.${count}`;
      expect(await ask(behind, `${made}, 2001:db8:0:1::${count}`, `a${count}@example.org`)).toBe(202);
      expect(await ask(server, made, 'nobody')).toBe(400);
      expect(await ask(server, made, `a${count}@example.org`)).toBe(202);
    }
    expect(await ask(behind, '192.0.2.9, 2001:db8:0:1:ffff::1', 'b@example.org')).toBe(429);
    expect(await ask(behind, '2001:db8:0:1::1, 2001:db8:0:2::1', 'b@example.org')).toBe(202);
    expect(await ask(server, '198.51.100.7', 'b@example.org')).toBe(429);
  });

  it('[DSK-202] asks an address three times a day, and all together at most so often, behind other mail', async () => {
    const { store } = server;
    const asked = async () =>
      store.writer
        .selectFrom('delivery')
        .select(['rank', 'made_at'])
        .where('item', 'like', 'confirm:%')
        .execute();
    const start = Date.now();
    const hour = 60 * 60_000;
    for (let count = 0; count < 6; count += 1) await askSubscriber(store, OUTSIDER, start + count * hour);
    expect((await asked()).map(({ rank, made_at: at }) => [rank, (at - start) / hour])).toEqual([
      [2, 0],
      [2, 1],
      [2, 2],
    ]);
    await askSubscriber(store, OUTSIDER, start + 25 * hour);
    expect(await asked()).toHaveLength(4);
    const later = start + 100 * hour;
    for (let count = 0; count < ASKED_IN_AN_HOUR + 2; count += 1)
      await askSubscriber(store, `c${count}@example.org`, later);
    expect(await asked()).toHaveLength(4 + ASKED_IN_AN_HOUR);
    await askSubscriber(store, 'late@example.org', later + hour);
    expect(await asked()).toHaveLength(5 + ASKED_IN_AN_HOUR);
  });

  it('[DSK-203] is told once of what becomes public only after others were told', async () => {
    await followFully();
    const id = await announce({ title: 'Mail is down', public: false });
    await post();
    const people = mails.received.length - 1;
    for (const isPublic of [true, false, true]) {
      const fields = { public: isPublic };
      expect(await lead.run('announcement.edit', id, { fields }, 99)).toMatchObject({ outcome: 'applied' });
      await post();
    }
    expect(outside().map(({ headers }) => headers.get('subject'))).toEqual([
      'Follow our service status by mail?',
      'Outage announced: Mail is down',
    ]);
    expect(mails.received).toHaveLength(people + 2);
  });

  it('[DSK-203] ends it by one click', async () => {
    await followFully();
    await announce();
    await post();
    const mail = outside().at(-1);
    expect(mail?.headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
    const link = /^<(.+)>$/.exec(mail?.headers.get('list-unsubscribe') ?? '')?.[1] ?? '';
    const { pathname } = new URL(link);
    expect((await server.call('GET', pathname)).status).toBe(200);
    for (let again = 0; again < 2; again += 1)
      expect((await send(pathname, 'List-Unsubscribe=One-Click')).status).toBe(200);
    await announce();
    await post();
    expect(outside()).toHaveLength(2);
    expect(await server.store.writer.selectFrom('status_subscriber').selectAll().execute()).toEqual([]);
  });

  it('[DSK-204] is counted, taken out and removed by administrators, and by nobody else', async () => {
    await followFully('+eve@example.org');
    await follow('waits@example.org');
    const path = '/api/channels/subscribers';
    expect(await (await admin.call('GET', path)).json()).toEqual({ offered: true, confirmed: 1, waiting: 1 });
    const file = await (await admin.call('GET', `${path}/export`)).text();
    expect(file.split('\r\n')).toEqual([
      'address,confirmed',
      expect.stringMatching(/^'\+eve@example\.org,\d{4}-\d\d-\d\dT/),
      '',
    ]);
    for (const [method, where] of [
      ['GET', path],
      ['GET', `${path}/export`],
      ['DELETE', path],
    ] as const)
      expect((await lead.call(method, where, method === 'GET' ? undefined : {})).status).toBe(403);
    const address = '+EVE@example.org';
    expect((await admin.call('DELETE', path, { address })).status).toBe(204);
    expect((await admin.call('DELETE', path, { address })).status).toBe(404);
    await announce();
    await post();
    expect(outside().filter(({ to }) => to[0] === '+eve@example.org')).toHaveLength(1);
  });

  it('[DSK-201] is asked for nothing where no mail goes out', async () => {
    const silent = await startTestServer({ origin: ORIGIN });
    onTestFinished(() => silent.stop());
    expect(await (await silent.call('GET', '/status')).text()).not.toContain('<form');
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    expect((await silent.call('POST', '/status/follow', 'address=a@example.org', form)).status).toBe(404);
  });
});
