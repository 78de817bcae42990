import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startTestMailServer, wordsOf } from '../channels/mail/test-mail-server.ts';
import type { TestMailServer } from '../channels/mail/test-mail-server.ts';
import { temporaryFolder } from '../store/test-store.ts';
import { mailAt, startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const PASSWORD = 'geheim-42';

interface Overview {
  server: { host: string; from: string } | null;
  lastSuccessAt: number | null;
  counts: Record<string, number>;
  troubled: {
    id: number;
    state: string;
    personName: string;
    reason: string;
    record: { number: string } | null;
  }[];
}

let mails: TestMailServer;
let server: TestServer;
let admin: TestSession;
let agent: TestSession;
beforeAll(async () => {
  mails = await startTestMailServer();
  server = await startTestServer({ mail: mails.settings });
  admin = await server.signIn('admin@desk.test');
  agent = await server.signIn('agent@desk.test');
});
afterAll(async () => {
  await server.stop();
  await mails.close();
});

const overview = async (by = admin) => (await (await by.call('GET', '/api/channels')).json()) as Overview;

async function failingMail(fields: object = {}): Promise<string> {
  const { id, number } = await agent.createTicket('incident', fields);
  const owner = server.account('lead@desk.test').id;
  await agent.run('incident.assign', id, { team: null, owner }, 1);
  mails.refuse = () => 550;
  await mailAt(server, Date.now() + 2 * 60_000);
  mails.refuse = () => null;
  return number;
}

describe('one’s own choice', () => {
  it('[DSK-110] shows every kind with its default, and keeps what is chosen alone', async () => {
    const read = async () => {
      const answer = (await (await agent.call('GET', '/api/me/channels')).json()) as {
        mail: { available: boolean; address: string; kinds: { kind: string; wanted: boolean }[] };
      };
      return answer.mail;
    };
    const before = await read();
    expect(before).toMatchObject({ available: true, address: 'agent@desk.test', deliverable: true });
    const wanted = (mail: typeof before, kind: string) => mail.kinds.find((one) => one.kind === kind)?.wanted;
    expect([wanted(before, 'assigned'), wanted(before, 'reopened')]).toEqual([true, false]);
    const chosen = { mail: { assigned: false, reopened: true } };
    expect((await agent.call('PUT', '/api/me/channels', chosen)).status).toBe(204);
    const after = await read();
    expect([wanted(after, 'assigned'), wanted(after, 'reopened')]).toEqual([false, true]);
    await agent.call('PUT', '/api/me/channels', { mail: { reopened: false } });
    const one = await read();
    expect([wanted(one, 'assigned'), wanted(one, 'reopened')]).toEqual([false, false]);
    await agent.call('PUT', '/api/me/channels', { mail: { assigned: true } });
    expect(await read()).toEqual(before);
  });

  it('is a signed-in person’s, and names kinds that there are', async () => {
    expect((await server.call('GET', '/api/me/channels')).status).toBe(401);
    const wrong = await agent.call('PUT', '/api/me/channels', { mail: { everything: true } });
    expect(wrong.status).toBe(400);
  });
});

describe('the channels of administrators', () => {
  it('are theirs alone', async () => {
    for (const [method, path] of [
      ['GET', '/api/channels'],
      ['POST', '/api/channels/test'],
      ['POST', '/api/channels/deliveries/1/again'],
    ] as const) {
      expect((await agent.call(method, path)).status).toBe(403);
      expect((await server.call(method, path)).status).toBe(401);
    }
  });

  it('[DSK-114] show what failed with its reason, and send it again', async () => {
    const number = await failingMail();
    const [failed] = (await overview()).troubled;
    expect(failed).toMatchObject({ state: 'failed', personName: 'Lena Lead', record: { number } });
    expect(failed?.reason).toContain('550');
    const path = `/api/channels/deliveries/${failed?.id}/again`;
    expect((await admin.call('POST', path)).status).toBe(204);
    expect((await admin.call('POST', path)).status).toBe(404);
    await expect.poll(async () => (await overview()).counts['sent']).toBe(1);
    expect(mails.received.at(-1)?.to).toEqual(['lead@desk.test']);
    expect((await overview()).troubled).toEqual([]);
    // noted once the mail itself is
    await expect.poll(async () => (await overview()).lastSuccessAt).not.toBeNull();
  });

  it('[DSK-113] do not tell of a record that is not the reader’s to see', async () => {
    await failingMail();
    const { id } = (await server.store.writer
      .selectFrom('record')
      .select('id')
      .orderBy('created_at', 'desc')
      .executeTakeFirst()) ?? { id: '' };
    const answer = (await (await admin.call('GET', `/api/records/${id}`)).json()) as { ticket: object };
    const restricted = { ...answer.ticket, restrictedTo: server.teams.get('Desk') };
    await server.store.writer
      .updateTable('record')
      .set({ data: JSON.stringify(restricted) })
      .where('id', '=', id)
      .execute();
    expect((await overview()).troubled).toMatchObject([{ state: 'failed', record: null }]);
  });

  it('are measured by state, with how long the oldest waits', async () => {
    await failingMail();
    const from = Date.now();
    const { id } = await agent.createTicket('incident');
    await agent.run('incident.assign', id, { team: null, owner: server.account('lead@desk.test').id }, 1);
    const text = await (await admin.call('GET', '/metrics')).text();
    expect(text).toMatch(/^muster_deliveries\{channel="mail",state="failed"\} [1-9]/m);
    expect(text).toMatch(/^muster_deliveries\{channel="mail",state="queued"\} 1$/m);
    const waits = /^muster_delivery_oldest_queued_seconds\{channel="mail"\} (\S+)$/m.exec(text)?.[1];
    expect(Number(waits)).toBeGreaterThan(0);
    expect(Number(waits)).toBeLessThanOrEqual((Date.now() - from) / 1_000);
  });

  it('send a mail to oneself to try', async () => {
    const answer = await admin.call('POST', '/api/channels/test');
    expect(await answer.json()).toMatchObject({ outcome: 'taken' });
    const mail = mails.received.at(-1);
    expect(mail?.to).toEqual(['admin@desk.test']);
    expect(wordsOf(mail?.raw ?? '')).toContain('You asked for this mail');
  });
});

describe('without a mail server', () => {
  it('says that mail is off', async () => {
    const silent = await startTestServer();
    const there = await silent.signIn('admin@desk.test');
    expect(await overview(there)).toMatchObject({ server: null, troubled: [] });
    const test = await there.call('POST', '/api/channels/test');
    expect([test.status, ((await test.json()) as { code: string }).code]).toEqual([409, 'no-mail-server']);
    await silent.stop();
  });

  it('never tells the password, whatever the mail server says', async () => {
    const credentials = { user: 'desk', pass: PASSWORD };
    const { folder, remove } = temporaryFolder();
    onTestFinished(remove);
    const logFile = join(folder, 'server.log');
    const shy = await startTestServer({ mail: { ...mails.settings, credentials }, logFile });
    const there = await shy.signIn('admin@desk.test');
    const tried = await (await there.call('POST', '/api/channels/test')).text();
    const shown = JSON.stringify(await overview(there));
    expect(tried).toContain('unreachable');
    expect(tried).toContain('not with …');
    await shy.stop();
    const logged = await readFile(logFile, 'utf8');
    expect(logged).toContain('the mail server does not answer');
    expect(logged).not.toContain('@desk.test');
    for (const text of [tried, shown, logged]) {
      expect(text).not.toContain(PASSWORD);
      expect(text).not.toContain(Buffer.from(PASSWORD).toString('base64'));
    }
  });
});
