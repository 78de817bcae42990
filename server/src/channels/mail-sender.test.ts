import { ulid } from 'ulid';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { MAIL_TRIED_MS } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { mailAt, startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { startTestMailServer, wordsOf } from './mail/test-mail-server.ts';
import type { TestMailServer } from './mail/test-mail-server.ts';

const MINUTES_2 = 2 * 60_000;
const ORIGIN = 'https://desk.example.org';

let mails: TestMailServer;
let server: TestServer;
let agent: TestSession;
beforeEach(async () => {
  mails = await startTestMailServer();
  server = await startTestServer({ mail: mails.settings, origin: ORIGIN });
  onTestFinished(async () => {
    await server.stop();
    await mails.close();
  });
  agent = await server.signIn('agent@desk.test');
});

/** Sends what is due then, as the clock would. */
const sendAt = (ms: number) => mailAt(server, Date.now() + ms);

const rows = () => server.store.writer.selectFrom('delivery').selectAll().orderBy('id').execute();

async function assignTo(email: string, fields: object = {}): Promise<{ id: RecordId; number: string }> {
  const ticket = await agent.createTicket('incident', fields);
  const owner = server.account(email).id;
  const outcome = await agent.run('incident.assign', ticket.id, { team: null, owner }, 1);
  expect(outcome).toMatchObject({ outcome: 'applied' });
  return ticket;
}

describe('the sender of mail', () => {
  it('[DSK-111] [DSK-116] sends news once, in the thread of its record, with a link', async () => {
    const { id, number } = await assignTo('other@desk.test');
    await sendAt(0);
    expect(mails.received).toEqual([]);
    for (const ms of [MINUTES_2, MINUTES_2, 2 * MINUTES_2]) await sendAt(ms);
    expect(mails.received.map(({ to }) => to)).toEqual([['other@desk.test']]);
    const [mail] = mails.received;
    expect(mail?.headers.get('subject')).toBe(`[${number}] Mail is down`);
    expect(mail?.headers.get('from')).toBe('Service desk <desk@muster.test>');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    expect(mail?.headers.get('x-auto-response-suppress')).toBe('All');
    expect(mail?.headers.get('in-reply-to')).toMatch(/^<record\.\w{40}@muster\.test>$/);
    expect(mail?.headers.get('references')).toBe(mail?.headers.get('in-reply-to'));
    expect(wordsOf(mail?.raw ?? '')).toContain(`${ORIGIN}/record/${id}`);
    expect(wordsOf(mail?.raw ?? '')).toContain('Arne Agent gave this to you.');
    expect(await rows()).toMatchObject([
      { state: 'sent', attempts: 1, answer: expect.stringContaining('kept as 1') },
    ]);

    await agent.run('incident.assign', id, { team: null, owner: null }, 2);
    await agent.run('incident.assign', id, { team: null, owner: server.account('other@desk.test').id }, 3);
    await sendAt(MINUTES_2);
    const [first, second] = mails.received.map(({ headers }) => headers);
    expect(second?.get('references')).toBe(first?.get('references'));
    expect(second?.get('message-id')).not.toBe(first?.get('message-id'));
  });

  it('[DSK-117] tells the requester the public reply, and neither notes nor reasons', async () => {
    const requester = server.account('requester@desk.test').id;
    const { id } = await assignTo('other@desk.test', { requester });
    await agent.run('incident.comment', id, { text: 'a secret note' }, 2);
    await agent.run('incident.reply', id, { text: 'We look into it.' }, 3);
    const asked = await agent.run('incident.request-handover', id, { note: 'a secret reason' }, 4);
    expect(asked).toMatchObject({ outcome: 'applied' });
    await sendAt(MINUTES_2);
    const words = mails.received.map(({ raw }) => wordsOf(raw));
    expect(mails.received.map(({ to }) => to[0]).toSorted()).toEqual([
      'other@desk.test',
      'other@desk.test',
      'requester@desk.test',
    ]);
    expect(words.join()).toContain('We look into it.');
    expect(words.join()).not.toContain('secret');
  });

  it('[DSK-112] skips what was read before, and says so', async () => {
    await assignTo('other@desk.test');
    const other = await server.signIn('other@desk.test');
    const [row] = await rows();
    await other.run('inbox.read', ulid(), { items: [row?.item] });
    await sendAt(MINUTES_2);
    expect(mails.received).toEqual([]);
    expect(await rows()).toMatchObject([{ state: 'skipped', reason: 'read', attempts: 0 }]);
  });

  it('[DSK-113] sends nothing to who lost access, was switched off or has no address', async () => {
    const { writer } = server.store;
    const { id } = await assignTo('other@desk.test');
    const lost = { ...(await ticketOf(id)), restrictedTo: server.teams.get('Desk') };
    await writer
      .updateTable('record')
      .set({ data: JSON.stringify(lost) })
      .where('id', '=', id)
      .execute();
    await assignTo('lead@desk.test');
    await writer.updateTable('person').set({ active: 0 }).where('email', '=', 'lead@desk.test').execute();
    await assignTo('admin@desk.test');
    await writer
      .updateTable('person')
      .set({ email: 'admin@people.invalid' })
      .where('email', '=', 'admin@desk.test')
      .execute();
    await sendAt(MINUTES_2);
    expect(mails.received).toEqual([]);
    expect((await rows()).map(({ state, reason }) => [state, reason])).toEqual([
      ['skipped', 'no-access'],
      ['skipped', 'switched-off'],
      ['skipped', 'no-address'],
    ]);
  });

  it('[DSK-114] gives up what is refused for good, with the reason, and tries the rest again', async () => {
    mails.refuse = (address) => (address === 'other@desk.test' ? 550 : 451);
    await assignTo('other@desk.test');
    await assignTo('lead@desk.test');
    await sendAt(MINUTES_2);
    const [refused, deferred] = await rows();
    expect(refused).toMatchObject({ state: 'failed', reason: expect.stringContaining('550') });
    expect(deferred).toMatchObject({ state: 'queued', attempts: 1, reason: expect.stringContaining('451') });
    mails.refuse = () => null;
    await sendAt(2 * MINUTES_2);
    expect(mails.received.map(({ to }) => to)).toEqual([['lead@desk.test']]);
    expect(await rows()).toMatchObject([{ state: 'failed' }, { state: 'sent', attempts: 2, reason: null }]);
  });

  it('[DSK-114] waits for a mail server that is away, for a day', async () => {
    const { port } = mails.settings;
    await mails.close();
    await assignTo('other@desk.test');
    await assignTo('lead@desk.test');
    await sendAt(MINUTES_2);
    expect((await rows()).map(({ state }) => state)).toEqual(['queued', 'queued']);
    mails = await startTestMailServer(port);
    await sendAt(MINUTES_2 + 60_000);
    expect(mails.received).toHaveLength(2);

    await assignTo('other@desk.test');
    await sendAt(2 * MINUTES_2 + MAIL_TRIED_MS);
    expect(mails.received).toHaveLength(2);
    expect((await rows()).at(-1)).toMatchObject({ state: 'failed', reason: 'not sent within a day' });
  });

  it('[DSK-118] tells the staff of a record how far its news came with each person', async () => {
    const requester = server.account('requester@desk.test').id;
    const { id } = await assignTo('other@desk.test', { requester });
    await agent.run('incident.reply', id, { text: 'We look into it.' }, 2);
    await sendAt(MINUTES_2);
    const other = await server.signIn('other@desk.test');
    const [row] = await rows();
    await other.run('inbox.read', ulid(), { items: [row?.item] });
    const answer = await (await agent.call('GET', `/api/records/${id}/told`)).json();
    expect(answer).toEqual({
      receipts: [
        {
          person: other.person,
          kind: 'assigned',
          toldAt: expect.any(Number),
          seenAt: expect.any(Number),
          acknowledgedAt: null,
          mail: { state: 'sent', at: expect.any(Number) },
          push: null,
        },
      ],
    });
    const asked = await server.signIn('requester@desk.test');
    expect((await asked.call('GET', `/api/records/${id}`)).status).toBe(200);
    expect((await asked.call('GET', `/api/records/${id}/told`)).status).toBe(404);
    expect((await server.call('GET', `/api/records/${id}/told`)).status).toBe(401);
  });

  it('[DSK-116] lets nobody write headers by a title or a name', async () => {
    await server.store.writer
      .updateTable('person')
      .set({ name: 'Olga\r\nBcc: all@desk.test' })
      .where('email', '=', 'other@desk.test')
      .execute();
    const { id } = await assignTo('other@desk.test');
    const title = 'Down\r\nBcc: everybody@desk.test\r\n\r\n<b>new body</b>';
    const changed = { ...(await ticketOf(id)), title };
    await server.store.writer
      .updateTable('record')
      .set({ data: JSON.stringify(changed) })
      .where('id', '=', id)
      .execute();
    await sendAt(MINUTES_2);
    const [mail] = mails.received;
    expect(mail?.to).toEqual(['other@desk.test']);
    expect(mail?.headers.has('bcc')).toBe(false);
    expect(mail?.headers.get('subject')).toContain('Down Bcc: everybody@desk.test <b>new body</b>');
    expect(wordsOf(mail?.raw ?? '')).toContain('&lt;b&gt;new body&lt;/b&gt;');
  });
});

async function ticketOf(id: RecordId): Promise<object> {
  const answer = (await (await agent.call('GET', `/api/records/${id}`)).json()) as { ticket: object };
  return answer.ticket;
}
