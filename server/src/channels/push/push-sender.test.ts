import { MAIL_TRIED_MS } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../store/test-store.ts';
import { startTestServer } from '../../testing.ts';
import type { TestServer, TestSession } from '../../testing.ts';
import type { Subscription } from './devices.ts';
import { startTestPushService } from './test-push-service.ts';
import type { TestPushService } from './test-push-service.ts';

const MINUTES_2 = 2 * 60_000;
const HOUR = 60 * 60_000;
const ORIGIN = 'https://desk.example.org';

let service: TestPushService;
let server: TestServer;
let agent: TestSession;
let other: TestSession;
beforeEach(async () => {
  service = await startTestPushService();
  server = await startTestServer({ pushPrivate: true, origin: ORIGIN });
  onTestFinished(async () => {
    await server.stop();
    await service.close();
  });
  agent = await server.signIn('agent@desk.test');
  other = await server.signIn('other@desk.test');
});

/** Sends what is due then, as the clock would. */
const sendAt = (ms: number) => server.push.work(Date.now() + ms);

const rows = () =>
  server.store.writer
    .selectFrom('delivery')
    .selectAll()
    .where('channel', '=', 'push')
    .orderBy('id')
    .execute();
const ends = async () => (await rows()).map(({ state, reason }) => [state, reason]);

async function turnOn(
  session: TestSession,
  subscription: Subscription = service.subscribe(),
): Promise<string> {
  const answer = await session.call('POST', '/api/me/devices', subscription);
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: string }).id;
}

async function assignTo(email: string, fields: object = {}): Promise<{ id: RecordId; number: string }> {
  const ticket = await agent.createTicket('incident', fields);
  const owner = server.account(email).id;
  const outcome = await agent.run('incident.assign', ticket.id, { team: null, owner }, 1);
  expect(outcome).toMatchObject({ outcome: 'applied' });
  return ticket;
}

interface OwnPush {
  readonly publicKey: string;
  readonly kinds: readonly { readonly kind: string; readonly wanted: boolean }[];
  readonly devices: readonly { readonly id: string; readonly current: boolean }[];
}

async function ownPush(session: TestSession): Promise<OwnPush> {
  return ((await (await session.call('GET', '/api/me/channels')).json()) as { push: OwnPush }).push;
}

describe('the sender of news to devices', () => {
  it('[DSK-180] [DSK-182] [DSK-183] tells a device once, for it alone, signed by the desk', async () => {
    await turnOn(other);
    const { id, number } = await assignTo('other@desk.test');
    await agent.run('incident.comment', id, { text: 'a secret note' }, 2);
    await sendAt(0);
    expect(service.received).toEqual([]);
    for (const ms of [MINUTES_2, MINUTES_2, 2 * MINUTES_2]) await sendAt(ms);
    const [pushed] = service.received;
    expect(service.received).toHaveLength(1);
    const [row] = await rows();
    expect(pushed?.message).toEqual({
      title: `[${number}] Mail is down`,
      body: 'Arne Agent gave this to you.',
      path: `/record/${id}`,
      tag: row?.item,
    });
    expect(row).toMatchObject({ state: 'sent', attempts: 1, answer: '201' });
    expect(pushed?.headers).toMatchObject({ 'content-encoding': 'aes128gcm', urgency: 'normal' });
    expect(Number(pushed?.headers['ttl'])).toBeGreaterThan(0);
    expect(pushed?.claims).toMatchObject({ aud: service.origin, sub: ORIGIN });
    expect(pushed?.claims.exp).toBeGreaterThan(Date.now() / 1_000);
    expect(pushed?.claims.exp).toBeLessThanOrEqual(Date.now() / 1_000 + 24 * 60 * 60);
    expect(pushed?.key).toBe((await ownPush(other)).publicKey);
  });

  it('[DSK-182] shows of a restricted record the number alone', async () => {
    await turnOn(other);
    const { number } = await assignTo('other@desk.test', {
      title: 'Glockenspiel',
      readers: [agent.person, other.person],
    });
    await sendAt(MINUTES_2);
    expect(service.received.map(({ message }) => message.title)).toEqual([number]);
    expect(JSON.stringify(service.received)).not.toContain('Glockenspiel');
  });

  it('[DSK-180] [DSK-181] tells each device once, of the kinds that were chosen for devices', async () => {
    const second = await server.signIn('other@desk.test');
    await turnOn(other);
    await turnOn(second);
    const before = await ownPush(other);
    expect(before.kinds.find(({ kind }) => kind === 'assigned')?.wanted).toBe(true);
    expect(before.devices.map(({ current }) => current).toSorted()).toEqual([false, true]);
    await assignTo('other@desk.test');
    await sendAt(MINUTES_2);
    await sendAt(MINUTES_2);
    expect(new Set(service.received.map(({ path }) => path)).size).toBe(2);
    expect(service.received).toHaveLength(2);

    expect((await other.call('PUT', '/api/me/channels', { push: { assigned: false } })).status).toBe(204);
    await assignTo('other@desk.test');
    expect(await rows()).toHaveLength(2);
    const { mail } = (await (await other.call('GET', '/api/me/channels')).json()) as { mail: OwnPush };
    expect(mail.kinds.find(({ kind }) => kind === 'assigned')?.wanted).toBe(true);
  });

  it('[DSK-181] sends neither what was read before nor what its person may no longer know', async () => {
    await turnOn(other);
    await assignTo('other@desk.test');
    const [row] = await rows();
    await other.run('inbox.read', ulid(), { items: [row?.item] });
    const { id } = await assignTo('other@desk.test');
    const { ticket } = (await (await agent.call('GET', `/api/records/${id}`)).json()) as { ticket: object };
    const lost = JSON.stringify({ ...ticket, restrictedTo: server.teams.get('Desk') });
    await server.store.writer.updateTable('record').set({ data: lost }).where('id', '=', id).execute();
    await sendAt(MINUTES_2);
    expect(service.received).toEqual([]);
    expect(await ends()).toEqual([
      ['skipped', 'read'],
      ['skipped', 'no-access'],
    ]);
  });

  it('[DSK-184] ends with the session: signed out, signed out elsewhere, or run out', async () => {
    const waiting = () => ownPush(other).then(({ devices }) => devices.length);
    const second = await server.signIn('other@desk.test');
    const third = await server.signIn('other@desk.test');
    await turnOn(second);
    await turnOn(third);
    await assignTo('other@desk.test');
    expect(await waiting()).toBe(2);
    await second.call('POST', '/api/auth/sign-out', {});
    expect(await waiting()).toBe(1);
    await server.store.writer
      .updateTable('session')
      .set({ expires_at: new Date(Date.now() - 1_000).toISOString() })
      .where('id', '=', (await deviceSessions())[0] ?? '')
      .execute();
    expect(await waiting()).toBe(0);
    await sendAt(MINUTES_2);
    expect(service.received).toEqual([]);
    expect(await ends()).toEqual([
      ['skipped', 'no-device'],
      ['skipped', 'no-device'],
    ]);
  });

  it('[DSK-184] forgets a device that its push service knows no more', async () => {
    for (const status of [404, 410]) {
      service.answer = () => status;
      await turnOn(other);
      await assignTo('other@desk.test');
      await sendAt(MINUTES_2);
      expect((await ownPush(other)).devices).toEqual([]);
    }
    expect(await ends()).toEqual([
      ['skipped', 'no-device'],
      ['skipped', 'no-device'],
    ]);
  });

  it('[DSK-185] tries again for a day, and gives up what is refused', async () => {
    await turnOn(other);
    service.answer = () => 503;
    await assignTo('other@desk.test');
    await sendAt(MINUTES_2);
    expect(await ends()).toEqual([['queued', '503 not this one']]);
    service.answer = () => 201;
    await sendAt(HOUR);
    expect(await ends()).toEqual([['sent', null]]);
    expect(service.received).toHaveLength(1);

    service.answer = () => 403;
    const { number } = await assignTo('other@desk.test');
    await sendAt(MINUTES_2);
    expect((await ends())[1]).toEqual(['failed', '403 not this one']);
    const admin = await server.signIn('admin@desk.test');
    const overview = await (await admin.call('GET', '/api/channels')).json();
    expect(overview).toMatchObject({
      devices: { count: 1, counts: { sent: 1, failed: 1 } },
      troubled: [{ channel: 'push', state: 'failed', personName: 'Olga Other', record: { number } }],
    });
    service.answer = () => 201;
    const failed = (await rows())[1]?.id;
    expect((await admin.call('POST', `/api/channels/deliveries/${failed}/again`)).status).toBe(204);
    await sendAt(0);
    expect((await ends())[1]).toEqual(['sent', null]);

    await assignTo('other@desk.test');
    await sendAt(MINUTES_2 + MAIL_TRIED_MS + 1_000);
    expect((await ends())[2]).toEqual(['failed', 'not sent within a day']);
  });

  it('[DSK-184] forgets a device whose push service refused five messages in a row', async () => {
    await turnOn(other);
    const refused = async (times: number) => {
      service.answer = () => 403;
      for (let each = 0; each < times; each += 1) await assignTo('other@desk.test');
      await sendAt(MINUTES_2);
    };
    await refused(4);
    service.answer = () => 201;
    await assignTo('other@desk.test');
    await sendAt(MINUTES_2);
    await refused(4);
    expect((await ownPush(other)).devices).toHaveLength(1);
    await refused(1);
    expect((await ownPush(other)).devices).toEqual([]);
  });

  it('[DSK-185] waits for a push service that swallows what it gets, and for no other because of it', async () => {
    const swallowing = await startTestPushService();
    swallowing.answer = () => 'silence';
    await turnOn(other, swallowing.subscribe());
    await turnOn(await server.signIn('other@desk.test'));
    for (let each = 0; each < 6; each += 1) await assignTo('other@desk.test');
    const sending = sendAt(MINUTES_2);
    await expect.poll(() => service.received.length, { timeout: 8_000 }).toBe(6);
    await swallowing.close();
    await sending;
    expect((await ends()).filter(([state]) => state === 'queued')).toHaveLength(6);
    // it rests, while one is tried now and then
    const tried = async () => (await rows()).reduce((all, { attempts }) => all + attempts, 0);
    const before = await tried();
    await sendAt(MINUTES_2 + HOUR);
    expect(await tried()).toBe(before + 1);
  });

  it('[DSK-185] lets a person send few tests in a minute', async () => {
    const test = `/api/me/devices/${await turnOn(other)}/test`;
    const answers: number[] = [];
    for (let each = 0; each < 6; each += 1) answers.push((await other.call('POST', test)).status);
    expect(answers).toEqual([200, 200, 200, 200, 200, 429]);
  });

  it('[DSK-181] shows once what was cut off and sent again', async () => {
    await turnOn(other);
    await assignTo('other@desk.test');
    await sendAt(MINUTES_2);
    await server.store.writer.updateTable('delivery').set({ state: 'sending' }).execute();
    const { PushSender } = await import('./push-sender.ts');
    const { openLog } = await import('../../log.ts');
    const next = new PushSender({
      ...{ store: server.store, subject: ORIGIN, allowPrivate: true, log: openLog('fatal') },
    });
    await next.work(Date.now() + MINUTES_2);
    await next.stop();
    const [first, second] = service.received;
    expect(second?.headers['topic']).toBe(first?.headers['topic']);
    expect(second?.message.tag).toBe(first?.message.tag);
    expect(await rows()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  it('[DSK-118] tells the staff of a record how far its news came with devices', async () => {
    await turnOn(other);
    const { id } = await assignTo('other@desk.test');
    await sendAt(MINUTES_2);
    expect(await (await agent.call('GET', `/api/records/${id}/told`)).json()).toMatchObject({
      receipts: [{ person: other.person, mail: null, push: { state: 'sent', at: expect.any(Number) } }],
    });
  });

  it('[DSK-183] keeps its private key, and the addresses of devices, from answers and the log', async () => {
    const { folder, remove } = temporaryFolder();
    onTestFinished(remove);
    const logFile = join(folder, 'server.log');
    const logged = await startTestServer({ pushPrivate: true, logFile });
    const owner = await logged.signIn('other@desk.test');
    const subscription = service.subscribe();
    const device = await turnOn(owner, subscription);
    const test = await owner.call('POST', `/api/me/devices/${device}/test`);
    expect(await test.json()).toEqual({ outcome: 'taken' });
    expect(service.received[0]?.message).toMatchObject({ path: '/me/channels' });
    const { private_key: key } = await logged.store.writer
      .selectFrom('push_key')
      .select('private_key')
      .executeTakeFirstOrThrow();
    const admin = await logged.signIn('admin@desk.test');
    const texts = [
      await (await owner.call('GET', '/api/me/channels')).text(),
      await (await admin.call('GET', '/api/channels')).text(),
    ];
    expect((await admin.call('POST', `/api/me/devices/${device}/test`)).status).toBe(404);
    expect((await admin.call('DELETE', `/api/me/devices/${device}`)).status).toBe(404);
    expect((await owner.call('DELETE', `/api/me/devices/${device}`)).status).toBe(204);
    await logged.stop();
    for (const text of [...texts, await readFile(logFile, 'utf8')])
      for (const secret of [key, subscription.endpoint, subscription.keys.auth])
        expect(text).not.toContain(secret);
  });

  it('[DSK-177] takes no address in its own network, nor keys that are none', async () => {
    const { endpoint, keys } = service.subscribe();
    for (const wrong of [
      { endpoint: endpoint.replace('https', 'http'), keys },
      { endpoint: 'x', keys },
      { endpoint, keys: { ...keys, auth: 'AAAA' } },
      { endpoint, keys: { ...keys, p256dh: keys.p256dh.slice(1) } },
    ])
      expect((await other.call('POST', '/api/me/devices', wrong)).status).toBe(400);
    // what the operator lets webhooks do, no person may have the server do
    const strict = await startTestServer({ webhookPrivate: true });
    const there = await strict.signIn('agent@desk.test');
    expect((await there.call('POST', '/api/me/devices', { endpoint, keys })).status).toBe(400);
    await strict.stop();
  });
});

async function deviceSessions(): Promise<readonly string[]> {
  const devices = await server.store.writer.selectFrom('push_device').select('session').execute();
  return devices.map(({ session }) => session);
}
