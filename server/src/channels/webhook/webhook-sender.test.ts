import { WEBHOOK_KINDS, WEBHOOK_ORDER_MS, WEBHOOK_TRIED_MS } from '@muster/domain/shared';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { ulid } from 'ulid';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../store/test-store.ts';
import { startTestServer } from '../../testing.ts';
import type { TestServer, TestSession } from '../../testing.ts';
import {
  beginSending,
  dueDeliveriesTo,
  dueWindow,
  endOverdueDeliveries,
  putBack,
} from './webhook-deliveries.ts';
import { startTestReceiver } from './test-receiver.ts';
import type { TestReceiver } from './test-receiver.ts';

const DAY = WEBHOOK_TRIED_MS;
const MINUTE = 60_000;

let receiver: TestReceiver;
let server: TestServer;
let admin: TestSession;
let agent: TestSession;
beforeEach(async () => {
  receiver = await startTestReceiver();
  server = await startTestServer({ webhookPrivate: true });
  onTestFinished(async () => {
    await server.stop();
    await receiver.close();
  });
  admin = await server.signIn('admin@desk.test');
  agent = await server.signIn('agent@desk.test');
});

async function makeWebhook(fields: object = {}): Promise<{ id: string; secret: string }> {
  const body = { name: 'Chat', url: receiver.url, kinds: WEBHOOK_KINDS, ...fields };
  const answer = await admin.call('POST', '/api/webhooks', body);
  expect(answer.status).toBe(201);
  const { webhook, secret } = (await answer.json()) as { webhook: { id: string }; secret: string };
  return { id: webhook.id, secret };
}

/** Sends what is due then, as the clock would. */
const sendAt = async (ms: number) => {
  // a look of the server's own clock may be on its way, with a time of its own
  for (let again = 0; again < 2; again += 1) await server.webhooks.work(Date.now() + ms);
};

const rows = () => server.store.writer.selectFrom('webhook_delivery').selectAll().orderBy('id').execute();
const states = async () => (await rows()).map(({ state }) => state);
const types = () => receiver.received.map(({ json }) => json.type);

const rename = (id: string, title: string, basis: number) =>
  agent.run('incident.edit', id, { fields: { title } }, basis);

describe('the sender of webhooks', () => {
  it('[DSK-170] tells of the kinds that were chosen, with what held before', async () => {
    await makeWebhook({ kinds: ['record.created', 'record.edited', 'record.replied'] });
    const { id, number } = await agent.createTicket('incident', { description: 'a secret description' });
    await agent.run('incident.claim', id, {}, 1);
    await rename(id, 'Mail is slow', 2);
    await agent.run('incident.comment', id, { text: 'a secret note' }, 3);
    await agent.run('incident.reply', id, { text: 'We look into it.' }, 4);
    await sendAt(0);
    expect(types()).toEqual(['record.created', 'record.edited', 'record.replied']);
    const [created, edited, replied] = receiver.received.map(({ json }) => json);
    expect(created).toMatchObject({
      createdAt: expect.any(Number),
      data: {
        record: { id, number, process: 'incident', title: 'Mail is down', owner: null },
        by: agent.person,
        names: { [agent.person]: 'Arne Agent' },
      },
      previous: null,
    });
    expect(edited?.previous).toMatchObject({ title: 'Mail is down', version: 2 });
    expect(edited?.previous).not.toHaveProperty('owner');
    expect(edited?.data.record).toMatchObject({ title: 'Mail is slow', owner: agent.person, version: 3 });
    expect(replied?.data['text']).toBe('We look into it.');
    expect(JSON.stringify(receiver.received)).not.toContain('secret');
    expect(new Set(receiver.received.map(({ json }) => json.id)).size).toBe(3);
  });

  it('[DSK-171] never tells of a restricted record, nor of what waited when it was restricted', async () => {
    await makeWebhook();
    const readers = [agent.person];
    const born = await agent.createTicket('incident', { readers });
    await agent.run('incident.reply', born.id, { text: 'x' }, 1);
    const opened = { team: null, people: [], reason: 'x' };
    expect(await agent.run('incident.restrict', born.id, opened, 2)).toMatchObject({ outcome: 'applied' });
    expect(await rows()).toEqual([]);

    receiver.answer = () => 500;
    const narrowed = await agent.createTicket('incident');
    await sendAt(0);
    const narrow = { team: null, people: readers, reason: 'x' };
    expect(await agent.run('incident.restrict', narrowed.id, narrow, 1)).toMatchObject({
      outcome: 'applied',
    });
    await rename(narrowed.id, 'Nobody’s business', 2);
    receiver.answer = () => 200;
    await sendAt(MINUTE);
    expect(receiver.received).toHaveLength(1);
    expect(await rows()).toMatchObject([{ state: 'skipped', reason: 'restricted' }]);
    const log = await (
      await admin.call('GET', `/api/webhooks/${(await rows())[0]?.webhook}/deliveries`)
    ).json();
    expect(log).toMatchObject({ deliveries: [{ state: 'skipped', record: null, answer: null }] });
  });

  it('[DSK-172] queues nothing for what was refused or imported, and an event once', async () => {
    await makeWebhook();
    const { id } = await agent.createTicket('incident');
    expect(await rows()).toHaveLength(1);
    expect(await agent.run('incident.transition', id, { to: 'nowhere' }, 1)).toMatchObject({
      outcome: 'refused',
    });
    const { commands, writer } = server.store;
    const event = await writer.selectFrom('event').selectAll().executeTakeFirstOrThrow();
    const history = {
      ...{ source: 'elsewhere', externalId: '1', id: '01JZZZZZZZZZZZZZZZZZZZZZZZ', number: null },
      events: [
        {
          event: { ...(JSON.parse(event.data) as object), type: event.type },
          ...{ actor: agent.person, at: 1_000 },
        },
      ],
    } as unknown as Parameters<typeof commands.importHistories>[0][number];
    expect(await commands.importHistories([history], { dryRun: false })).toMatchObject([{ outcome: 'made' }]);
    expect(await rows()).toHaveLength(1);
  });

  it('[DSK-172] gives every webhook the same id of an event, and each its own signature', async () => {
    await makeWebhook();
    await makeWebhook({ name: 'Other' });
    await agent.createTicket('incident');
    await sendAt(0);
    const [one, other] = receiver.received;
    expect(one?.headers['muster-webhook-id']).toBe(one?.json.id);
    expect(other?.json.id).toBe(one?.json.id);
    expect(other?.headers['muster-webhook-signature']).not.toBe(one?.headers['muster-webhook-signature']);
  });

  it('[DSK-172] gives an act the same id when a device brings it again to a desk that was put back', async () => {
    await makeWebhook({ kinds: ['record.edited'] });
    const lost = await server.signIn('agent@desk.test');
    const { id } = await agent.createTicket('incident');
    const command = {
      ...{ id: ulid(), type: 'incident.edit', target: id, args: { fields: { title: 'Mail is slow' } } },
      ...{ basis: 1, clientAt: Date.now() },
    };
    const bring = () => lost.call('POST', '/api/commands', [command]);
    await bring();
    const [before] = await rows();
    // the store of before it, in which somebody else came first
    const { writer } = server.store;
    for (const table of ['webhook_delivery', 'command'] as const) await writer.deleteFrom(table).execute();
    await agent.run('incident.claim', id, {}, 2);
    await rename(id, 'Mail is down', 3);
    expect(await (await bring()).json()).toMatchObject([{ outcome: 'applied', version: 5 }]);
    expect((await rows()).at(-1)?.message).toBe(before?.message);
  });

  it('[DSK-173] tries what is not taken again under its id, until it is', async () => {
    await makeWebhook();
    receiver.answer = () => 500;
    receiver.words = 'out of order';
    await agent.createTicket('incident');
    await sendAt(0);
    expect(await rows()).toMatchObject([
      { state: 'queued', attempts: 1, status: 500, answer: 'out of order', reason: 'answered 500' },
    ]);
    receiver.answer = () => 302;
    await sendAt(MINUTE);
    expect(await rows()).toMatchObject([{ reason: 'answered 302, and redirects are not followed' }]);
    receiver.answer = () => 200;
    await sendAt(5 * MINUTE);
    await sendAt(10 * MINUTE);
    expect(await rows()).toMatchObject([{ state: 'sent', attempts: 3, status: 200, reason: null }]);
    expect(new Set(receiver.received.map(({ json }) => json.id)).size).toBe(1);
    expect(receiver.received).toHaveLength(3);
  });

  it('[DSK-173] waits for a receiver that is away, for a day', async () => {
    await makeWebhook();
    const { port } = receiver;
    await receiver.close();
    await agent.createTicket('incident');
    await agent.createTicket('incident');
    await sendAt(0);
    expect((await rows()).some(({ reason }) => reason?.includes('ECONNREFUSED') === true)).toBe(true);
    receiver = await startTestReceiver(port);
    await sendAt(5 * MINUTE);
    expect(await states()).toEqual(['sent', 'sent']);

    receiver.answer = () => 429;
    await agent.createTicket('incident');
    await sendAt(0);
    await sendAt(DAY + MINUTE);
    expect((await rows()).at(-1)).toMatchObject({
      state: 'failed',
      reason: 'not taken within a day: answered 429',
    });
  });

  it('[DSK-174] keeps the order of a record, and lets others pass', async () => {
    await makeWebhook();
    receiver.answer = ({ json }) => (json.type === 'record.created' ? 500 : 200);
    const { id } = await agent.createTicket('incident');
    await rename(id, 'Mail is slow', 1);
    receiver.answer = ({ json }) => (json.data.record['id'] === id ? 500 : 200);
    await agent.createTicket('incident');
    await sendAt(0);
    expect(await states()).toEqual(['queued', 'queued', 'sent']);
    expect(receiver.received.filter(({ json }) => json.type === 'record.edited')).toEqual([]);
    receiver.answer = ({ json }) => (json.type === 'record.created' ? 500 : 200);
    // a receiver that last said no gets one at a time: which of two answers came last is nobody's to say
    for (let pass = 0; pass < 2; pass += 1) await sendAt(WEBHOOK_ORDER_MS + MINUTE);
    expect(await states()).toEqual(['queued', 'sent', 'sent']);
    receiver.answer = () => 200;
    await sendAt(3 * WEBHOOK_ORDER_MS);
    expect(await states()).toEqual(['sent', 'sent', 'sent']);
  });

  it('[DSK-174] keeps the order of what waited for long and was not tried', async () => {
    await makeWebhook();
    receiver.answer = ({ json }) => (json.type === 'record.created' ? 500 : 200);
    const { id } = await agent.createTicket('incident');
    await rename(id, 'Mail is slow', 1);
    await sendAt(0);
    const before = receiver.received.length;
    // as if the sender had been away: the server's own clock, which looks every second, finds nothing due before
    const untried = { made_at: 1, attempts: 0, failing_since: null, next_at: Date.now() + WEBHOOK_ORDER_MS };
    await server.store.writer.updateTable('webhook_delivery').set(untried).execute();
    await sendAt(2 * WEBHOOK_ORDER_MS);
    expect(types().slice(before)).toEqual(['record.created']);
  });

  it('[DSK-174] sends what failed in order as soon as a receiver that was away for hours is back', async () => {
    await makeWebhook();
    receiver.answer = () => 503;
    const { id } = await agent.createTicket('incident');
    await rename(id, 'Mail is slow', 1);
    for (let ms = 0; ms <= 2 * WEBHOOK_ORDER_MS; ms += 10 * MINUTE) await sendAt(ms);
    expect(await states()).toEqual(['queued', 'queued']);
    await agent.createTicket('incident');
    // tried once and not taken, so that the server's own clock finds nothing due
    await sendAt(2 * WEBHOOK_ORDER_MS);
    receiver.answer = () => 200;
    const away = receiver.received.length;
    await sendAt(2 * WEBHOOK_ORDER_MS + MINUTE);
    expect(await states()).toEqual(['sent', 'sent', 'sent']);
    const back = receiver.received.slice(away).filter(({ json }) => json.data.record['id'] === id);
    expect(back.map(({ json }) => json.type)).toEqual(['record.created', 'record.edited']);
  });

  it('[DSK-174] finds what is due in the order of an index, past all that wait behind one that failed', async () => {
    const { id } = await makeWebhook();
    const { writer } = server.store;
    const due = {
      webhook: id,
      type: 'x',
      body: '',
      state: 'queued' as const,
      made_at: 1,
      next_at: 1,
      until: 9e12,
    };
    const queue = (record: string, count: number) =>
      writer
        .insertInto('webhook_delivery')
        .values(
          Array.from({ length: count }, (_, index) => ({ ...due, record, message: `${record}${index}` })),
        )
        .execute();
    // the server's own clock would find all of this due
    await server.webhooks.stop();
    await queue('stuck', 500);
    await queue('other', 2);
    const now = 10;
    const [first] = await rows();
    await beginSending(writer, first?.id ?? 0, now);
    await putBack(writer, first?.id ?? 0, now + 1_000, {}, now);
    const found = await dueDeliveriesTo(server.store, id, now, 4);
    expect(found.map(({ message }) => message)).toEqual(['other0']);
    // nobody reads past them until the first is tried
    const waiting = (await rows()).filter(({ record, next_at }) => record === 'stuck' && next_at <= now);
    expect(waiting.length).toBeLessThan(200);

    const plan = await dueWindow(writer, id, now).explain<{ readonly detail: string }>(
      undefined,
      sql`query plan`,
    );
    const steps = plan.map(({ detail }) => detail);
    expect(steps).toContainEqual(
      expect.stringContaining('INDEX webhook_delivery_due (webhook=? AND state=?'),
    );
    expect(steps).toContainEqual(
      expect.stringContaining('INDEX webhook_delivery_open (webhook=? AND record=?'),
    );
    expect(steps.filter((step) => /SCAN|TEMP B-TREE/.test(step))).toEqual([]);
  });

  it('[DSK-173] keeps what waits for a webhook that is off for its day, and sends none of it later', async () => {
    const { id } = await makeWebhook();
    receiver.answer = () => 500;
    for (let each = 0; each < 2; each += 1) await agent.createTicket('incident');
    await sendAt(0);
    await admin.call('PATCH', `/api/webhooks/${id}`, { enabled: false });
    const { writer } = server.store;
    await endOverdueDeliveries(writer, Date.now());
    expect(await states()).toEqual(['queued', 'queued']);
    await endOverdueDeliveries(writer, Date.now() + DAY + MINUTE);
    const reason = 'not taken within a day: the webhook was off: answered 500';
    expect(await rows()).toMatchObject([
      { state: 'failed', reason },
      { state: 'failed', reason },
    ]);
  });

  it('[DSK-175] is switched off after three days without anything taken, and administrators are told', async () => {
    const { id } = await makeWebhook();
    receiver.answer = () => 503;
    await agent.createTicket('incident');
    await sendAt(0);
    await sendAt(DAY + MINUTE);
    expect(await states()).toEqual(['failed']);
    const one = async () => {
      const { webhooks } = (await (await admin.call('GET', '/api/webhooks')).json()) as {
        webhooks: { enabled: boolean; failingSince: number | null; givenUpAt: number | null }[];
      };
      return webhooks[0];
    };
    expect(await one()).toMatchObject({ enabled: true, failingSince: expect.any(Number), givenUpAt: null });
    await agent.createTicket('incident');
    await sendAt(4 * DAY);
    expect(await one()).toMatchObject({ enabled: false, givenUpAt: expect.any(Number) });
    const told = await server.store.reader
      .selectFrom('inbox_item')
      .select(['person', 'kind', 'detail'])
      .execute();
    expect(told.map(({ person, kind }) => [person, kind])).toEqual([[admin.person, 'webhook-off']]);
    expect(JSON.parse(told[0]?.detail ?? '')).toMatchObject({ name: 'Chat' });
    await agent.createTicket('incident');
    expect(await states()).toEqual(['failed', 'failed']);

    receiver.answer = () => 200;
    await admin.call('PATCH', `/api/webhooks/${id}`, { enabled: true });
    expect(await one()).toMatchObject({ enabled: true, failingSince: null, givenUpAt: null });
    await agent.createTicket('incident');
    await sendAt(0);
    expect((await states()).at(-1)).toBe('sent');
  });

  it('[DSK-178] sends again by hand, under the same id', async () => {
    const { id } = await makeWebhook();
    await agent.createTicket('incident');
    await sendAt(0);
    const [sent] = await rows();
    const again = `/api/webhooks/${id}/deliveries/${sent?.id}/again`;
    receiver.answer = () => 500;
    expect((await admin.call('POST', again)).status).toBe(204);
    expect((await admin.call('POST', again)).status).toBe(404);
    receiver.answer = () => 200;
    await sendAt(MINUTE);
    expect(await states()).toEqual(['sent']);
    expect(receiver.received.length).toBeGreaterThanOrEqual(2);
    expect(new Set(receiver.received.map(({ json }) => json.id))).toEqual(new Set([sent?.message]));
  });

  it('[DSK-179] writes no secret, address or answer into the log of the server', async () => {
    const { folder, remove } = temporaryFolder();
    onTestFinished(remove);
    const logFile = join(folder, 'server.log');
    const logged = await startTestServer({ webhookPrivate: true, logFile });
    const there = await logged.signIn('admin@desk.test');
    const body = { name: 'Chat', url: `${receiver.url}?token=t0ken`, kinds: ['record.created'] };
    const made = (await (await there.call('POST', '/api/webhooks', body)).json()) as { secret: string };
    const { port } = receiver;
    receiver.answer = () => 500;
    receiver.words = 'what somebody wrote';
    const someone = await logged.signIn('agent@desk.test');
    await someone.createTicket('incident');
    await logged.webhooks.work();
    await receiver.close();
    await someone.createTicket('incident');
    await logged.webhooks.work();
    await logged.stop();
    const text = await readFile(logFile, 'utf8');
    expect(text).toContain('a webhook does not answer');
    for (const word of [made.secret, 't0ken', 'somebody wrote', 'Mail is down'])
      expect(text).not.toContain(word);
    receiver = await startTestReceiver(port);
  });
});
