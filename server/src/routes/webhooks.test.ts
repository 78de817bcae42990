import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestReceiver } from '../channels/webhook/test-receiver.ts';
import type { ReceivedRequest, TestReceiver } from '../channels/webhook/test-receiver.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

let receiver: TestReceiver;
let server: TestServer;
let admin: TestSession;
beforeAll(async () => {
  receiver = await startTestReceiver();
  server = await startTestServer({ webhookPrivate: true });
  admin = await server.signIn('admin@desk.test');
});
afterAll(async () => {
  await server.stop();
  await receiver.close();
});

const asked = (changes: object = {}) => ({
  name: 'Chat',
  url: receiver.url,
  kinds: ['record.created'],
  ...changes,
});

async function make(): Promise<{ id: string; secret: string }> {
  const answer = await admin.call('POST', '/api/webhooks', asked());
  const { webhook, secret } = (await answer.json()) as { webhook: { id: string }; secret: string };
  return { id: webhook.id, secret };
}

async function receiveTest(id: string): Promise<ReceivedRequest> {
  const answer = await admin.call('POST', `/api/webhooks/${id}/test`);
  expect(await answer.json()).toMatchObject({ taken: true, status: 200, answer: 'thank you' });
  const got = receiver.received.at(-1);
  if (got === undefined) throw new Error('nothing was received');
  return got;
}

/** The verification as the README gives it to those who write receivers. */
async function documentedCheck(): Promise<(headers: object, body: string, secret: string) => boolean> {
  const readme = await readFile(new URL('../../../README.md', import.meta.url), 'utf8');
  const [, code] = /```js\n([\s\S]*?)```/.exec(readme) ?? [];
  if (code === undefined) throw new Error('the README does not say how to verify a signature');
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as {
    isFromMuster: (headers: object, body: string, secret: string) => boolean;
  };
  return module.isFromMuster;
}

describe('webhooks', () => {
  it('[DSK-179] are for administrators alone', async () => {
    const { id } = await make();
    for (const who of ['agent@desk.test', 'lead@desk.test']) {
      const session = await server.signIn(who);
      for (const [method, path] of [
        ['GET', '/api/webhooks'],
        ['POST', `/api/webhooks/${id}/test`],
        ['POST', `/api/webhooks/${id}/secret`],
        ['DELETE', `/api/webhooks/${id}`],
        ['GET', `/api/webhooks/${id}/deliveries`],
        ['POST', `/api/webhooks/${id}/deliveries/1/again`],
      ] as const)
        expect((await session.call(method, path)).status, path).toBe(403);
      expect((await session.call('POST', '/api/webhooks', asked())).status).toBe(403);
    }
    expect((await server.call('GET', '/api/webhooks')).status).toBe(401);
  });

  it('[DSK-179] show a secret once, which verifies as documented, and another when it is changed', async () => {
    const isFromMuster = await documentedCheck();
    const { id, secret } = await make();
    expect(await (await admin.call('GET', '/api/webhooks')).text()).not.toContain(secret);
    const first = await receiveTest(id);
    expect(isFromMuster(first.headers, first.body, secret)).toBe(true);
    expect(isFromMuster(first.headers, `${first.body} `, secret)).toBe(false);
    const old = { ...first.headers, 'muster-webhook-timestamp': '1700000000' };
    expect(isFromMuster(old, first.body, secret)).toBe(false);
    expect(isFromMuster({}, first.body, secret)).toBe(false);

    const changed = await admin.call('POST', `/api/webhooks/${id}/secret`);
    const { secret: next } = (await changed.json()) as { secret: string };
    const second = await receiveTest(id);
    expect(isFromMuster(second.headers, second.body, secret)).toBe(false);
    expect(isFromMuster(second.headers, second.body, next)).toBe(true);
    expect(second.json).toMatchObject({ type: 'webhook.test', data: { by: admin.person }, previous: null });
    const log = await (await admin.call('GET', `/api/webhooks/${id}/deliveries`)).json();
    const test = { type: 'webhook.test', state: 'sent', record: null, answer: 'thank you', attempts: 1 };
    expect(log).toMatchObject({ deliveries: [test, test] });
  });

  it('are changed and removed, with what was on its way', async () => {
    const { id } = await make();
    const path = `/api/webhooks/${id}`;
    expect((await admin.call('PATCH', path, { name: 'Pager', kinds: ['major.declared'] })).status).toBe(204);
    const { webhooks } = (await (await admin.call('GET', '/api/webhooks')).json()) as {
      webhooks: { id: string }[];
    };
    expect(webhooks.find((one) => one.id === id)).toMatchObject({
      ...{ name: 'Pager', kinds: ['major.declared'], enabled: true },
      counts: { waiting: 0, sent: 0, failed: 0, skipped: 0 },
    });
    await admin.call('PATCH', path, { kinds: ['record.created'], enabled: false });
    const agent = await server.signIn('agent@desk.test');
    await agent.createTicket('incident');
    const ofIt = async () =>
      (
        await server.store.writer
          .selectFrom('webhook_delivery')
          .selectAll()
          .where('webhook', '=', id)
          .execute()
      ).length;
    expect(await ofIt()).toBe(0);
    await admin.call('PATCH', path, { enabled: true });
    await agent.createTicket('incident');
    expect(await ofIt()).toBe(1);
    expect((await admin.call('DELETE', path)).status).toBe(204);
    expect(await ofIt()).toBe(0);
    for (const method of ['PATCH', 'DELETE'])
      expect((await admin.call(method, path, method === 'PATCH' ? {} : undefined)).status).toBe(404);
  });

  it('[DSK-177] take no address that is in the clear, holds a password or leads into the own network', async () => {
    const refusal = async (by: TestSession, url: string) => {
      const answer = await by.call('POST', '/api/webhooks', asked({ url }));
      const { faults } = (await answer.json()) as { faults?: { where: string; what: string }[] };
      return [answer.status, faults?.[0]?.where, faults?.[0]?.what.slice(0, 28)];
    };
    expect(await refusal(admin, 'http://chat.example.org/in')).toEqual([
      ...[400, 'body.url', 'must begin with https:// and'],
    ]);
    expect(await refusal(admin, 'https://a:b@chat.example.org')).toEqual([
      ...[400, 'body.url', 'must hold no user and no pas'],
    ]);
    const strict = await startTestServer();
    const there = await strict.signIn('admin@desk.test');
    expect(await refusal(there, receiver.url)).toEqual([
      ...[400, 'body.url', 'must begin with https:// and'],
    ]);
    await strict.stop();
  });

  it('are measured beside the mails', async () => {
    const text = await (await admin.call('GET', '/metrics')).text();
    expect(text).toMatch(/^muster_deliveries\{channel="webhook",state="queued"\} \d+$/m);
    expect(text).toMatch(/^muster_delivery_oldest_queued_seconds\{channel="webhook"\} [\d.]+$/m);
  });
});
