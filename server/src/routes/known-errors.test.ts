import { articleName, helpBoardName, journalName, knowledgeBoardName } from '@muster/documents';
import { readArticle, readHelpRows, readKnowledgeRows, readPlainEvents } from '@muster/documents/knowledge';
import type { KnowledgeEvent } from '@muster/domain/problem';
import { recordId } from '@muster/domain/shared';
import { CLOSE } from '@muster/sync';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLog } from '../log.ts';
import { startKnowledgeClock } from '../automation/knowledge-clock.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { TestKnowledge } from './test-knowledge.ts';

const DAY = 24 * 60 * 60 * 1000;

let server: TestServer;
let agent: TestSession;
let lead: TestSession;
let requester: TestSession;
let all: TestKnowledge;

beforeAll(async () => {
  server = await startTestServer();
  agent = await server.signIn('agent@desk.test');
  lead = await server.signIn('lead@desk.test');
  requester = await server.signIn('requester@desk.test');
  all = new TestKnowledge(server, agent, lead);
});
afterAll(() => server.stop());

async function read<Answer>(by: TestSession, path: string): Promise<Answer> {
  const answer = await by.call('GET', path);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
}

interface Listed {
  readonly knownErrors: readonly { readonly id: string }[];
}

const listed = async (query: string, by = agent) =>
  (await read<Listed>(by, `/api/known-errors?${query}`)).knownErrors.map(({ id }) => id);

describe('known errors on the server', () => {
  it('[PRB-50] go from draft to published through the one command path, and are on the board of the staff', async () => {
    const id = await all.published({ title: 'Printer speaks Greek' });
    const board = agent.open(knowledgeBoardName(1));
    await board.synced();
    const row = readKnowledgeRows(board.doc).known.find((each) => each.id === id);
    expect(row).toEqual(await all.at(id));
    expect(row).toMatchObject({ state: 'published', published: { number: 1, by: lead.person } });
    board.destroy();
    const journal = agent.open(journalName(id));
    await journal.synced();
    expect(readPlainEvents(journal.doc).events.map(({ event }) => event.type)).toEqual([
      ...['created', 'submitted', 'published'],
    ]);
    journal.destroy();
  });

  it('name configuration items that are there', async () => {
    const host = recordId(ulid());
    const made = { fields: { class: 'server', name: 'Named by a known error' }, state: 'in_service' };
    expect(await agent.run('item.create', host, made)).toMatchObject({ outcome: 'applied' });
    const id = await all.make({ items: [host] });
    expect((await all.at(id)).items).toEqual([host]);
    const nowhere = recordId(ulid());
    expect(await all.act(agent, id, 'edit', { fields: { items: [host, nowhere] } })).toMatchObject({
      refusal: { code: 'problem/knowledge-unknown-item', item: nowhere },
    });
  });

  it('[PRB-53] keep each version with its text as it was, while the text is written on', async () => {
    const id = await all.published({}, 'First words');
    await all.act(agent, id, 'edit', { fields: { workaround: 'Use the other gate.' } });
    await all.write(id, 'Second words');
    await all.publish(id);
    const { versions } = await read<{ versions: readonly { number: number; body: unknown }[] }>(
      agent,
      `/api/known-errors/${id}/versions`,
    );
    expect(
      versions.map(({ number, body }) => [number, JSON.stringify(body).includes('Second words')]),
    ).toEqual([
      [2, true],
      [1, false],
    ]);
    const markdown = await (await agent.call('GET', `/api/known-errors/${id}/versions/1/text.md`)).text();
    expect(markdown).toContain('## Workaround\n\nConnect again.');
    expect(markdown).toContain('First words');
    expect(markdown).not.toContain('Second words');
  });

  it('[PRB-80] have the text of the version again when a draft is dropped, for whoever has it open too', async () => {
    const id = await all.published({}, 'First words');
    await all.act(agent, id, 'revise');
    const read = await all.digest(id);
    await all.write(id, 'Wrong words');
    expect(await all.act(agent, id, 'discard', { text: read })).toMatchObject({
      refusal: { code: 'problem/knowledge-text-moved' },
    });
    const open = lead.open(articleName(id));
    await open.synced();
    expect(readArticle(open.doc).words).toContain('Wrong words');
    expect(await all.act(agent, id, 'discard', { text: await all.digest(id) })).toMatchObject({
      outcome: 'applied',
    });
    await expect.poll(() => readArticle(open.doc).words).toBe('First words');
    // it says nothing that differs from the version
    expect(await all.digest(id)).toBe((await all.at(id)).published?.text);
    open.destroy();
    await all.act(agent, id, 'edit', { fields: { workaround: 'Use the other gate.' } });
    await all.publish(id);
    const markdown = await (await agent.call('GET', `/api/known-errors/${id}/versions/2/text.md`)).text();
    expect(markdown).toContain('First words');
    expect(markdown).not.toContain('Wrong words');
  });

  it('[PRB-54] publish only the text that the publisher read', async () => {
    const id = await all.make();
    await all.write(id, 'Read this');
    const text = await all.digest(id);
    await all.act(agent, id, 'submit');
    await all.write(id, 'and this too');
    expect(await all.act(lead, id, 'publish', { text })).toMatchObject({
      refusal: { code: 'problem/knowledge-text-moved' },
    });
    expect(await all.act(lead, id, 'publish', { text: await all.digest(id) })).toMatchObject({
      outcome: 'applied',
    });
  });

  it('[PRB-51] of an article need a text on the server too', async () => {
    const id = await all.make({ title: 'How to print', symptom: '', workaround: '' }, 'article');
    expect(await all.act(agent, id, 'submit')).toMatchObject({ refusal: { lacks: ['text'] } });
    await all.write(id, 'Press the button');
    expect(await all.act(agent, id, 'submit')).toMatchObject({ outcome: 'applied' });
  });

  it('[PRB-50] let nobody write in the text of what is retired', async () => {
    const id = await all.published({}, 'Words');
    const open = agent.open(articleName(id));
    await open.synced();
    await all.act(lead, id, 'retire', { reason: 'Fixed' });
    expect((await open.closed()).code).toBe(CLOSE.permissionsChanged);
    open.destroy();
    const late = agent.open(articleName(id));
    await late.synced();
    late.doc.getXmlFragment('body').delete(0, 1);
    expect((await late.closed()).code).toBe(CLOSE.forbidden);
    late.destroy();
  });

  it('[PRB-56] tell the reviewer and the author', async () => {
    const id = await all.make({ reviewers: [lead.person] });
    await all.act(agent, id, 'submit');
    await all.act(lead, id, 'send-back', { reason: 'Say where' });
    const rows = await server.store.reader
      .selectFrom('inbox_item')
      .select(['person', 'kind', 'detail'])
      .where('record', '=', id)
      .orderBy('at')
      .execute();
    expect(
      rows.map(({ person, kind, detail }) => [person, kind, JSON.parse(detail) as unknown]),
    ).toMatchObject([
      [lead.person, 'knowledge', { what: 'review' }],
      [agent.person, 'knowledge', { what: 'back', reason: 'Say where' }],
    ]);
  });

  it('are about a problem that is there, and found by it', async () => {
    const none = { fields: { problem: recordId(ulid()) } };
    const id = await all.make();
    expect(await all.act(agent, id, 'edit', none)).toMatchObject({
      refusal: { code: 'problem/knowledge-unknown-problem' },
    });
    const problem = recordId(ulid());
    const origin = { kind: 'trend', incident: null, evidence: 'Three in a week' };
    const fields = {
      ...{ title: 'Why the tunnel closes', service: null, items: [], team: null, owner: null },
      ...{ impact: 2, urgency: 2, major: false, workaround: '', fix: '' },
    };
    const made = await agent.run('problem.create', problem, { fields, origin, incidents: [] });
    expect(made).toMatchObject({ outcome: 'applied' });
    await all.act(agent, id, 'edit', { fields: { problem } });
    expect(await listed(`problem=${problem}`)).toEqual([id]);
  });

  it('[PRB-58] count each person once, the requester too', async () => {
    const id = await all.published({ audience: 'everybody' });
    for (const helped of [false, false, true])
      expect(await requester.run('known-error.rate', id, { number: 1, helped })).toMatchObject({
        outcome: 'applied',
      });
    await requester.run('known-error.rate', id, { number: 1, helped: false });
    await requester.run('known-error.rate', id, { number: 1, helped: true });
    await lead.run('known-error.rate', id, { number: 1, helped: false, comment: 'Not on Linux' });
    expect(await all.at(id)).toMatchObject({ helped: 1, notHelped: 1 });
    const told = await server.store.reader
      .selectFrom('inbox_item')
      .select('detail')
      .where('record', '=', id)
      .where('person', '=', agent.person)
      .where('detail', 'like', '%not-helped%')
      .execute();
    expect(told).toHaveLength(2);
  });

  it('[PRB-59] are used on a ticket once, which those who may read it learn', async () => {
    const id = await all.published();
    const ticket = await agent.createTicket('incident');
    const hidden = await lead.createTicket('incident');
    await lead.run(
      'incident.restrict',
      hidden.id,
      { team: null, people: [lead.person], reason: 'Private' },
      1,
    );
    const other = await server.signIn('other@desk.test');
    expect(await all.act(agent, id, 'link', { ticket: hidden.id })).toMatchObject({
      refusal: { code: 'problem/knowledge-unknown-ticket' },
    });
    expect(await all.act(lead, id, 'link', { ticket: hidden.id })).toMatchObject({ outcome: 'applied' });
    await all.act(lead, id, 'unlink', { ticket: hidden.id });
    expect(await all.act(agent, id, 'link', { ticket: ticket.id })).toMatchObject({ outcome: 'applied' });
    expect(await all.act(other, id, 'link', { ticket: ticket.id })).toMatchObject({ outcome: 'superseded' });
    expect((await all.at(id)).used).toBe(1);
    await all.act(lead, id, 'link', { ticket: hidden.id });
    expect(await (await agent.call('GET', `/api/known-errors/${id}`)).text()).not.toContain(hidden.id);
    const one = await read<{ tickets: readonly { id: string }[] }>(agent, `/api/known-errors/${id}`);
    expect(one.tickets.map((each) => each.id)).toEqual([ticket.id]);
    expect(await listed(`ticket=${ticket.id}`)).toEqual([id]);
    const journal = agent.open(journalName(id));
    await journal.synced();
    const { events } = readPlainEvents<KnowledgeEvent>(journal.doc);
    expect(events.at(-1)?.event).toEqual({ type: 'linked', ticket: null });
    journal.destroy();
    await all.act(agent, id, 'unlink', { ticket: ticket.id });
    expect(await listed(`ticket=${ticket.id}`)).toEqual([]);
  });

  it('[PRB-60] tell their owner once that their time is over', async () => {
    const later = await all.published({ validUntil: Date.now() + DAY });
    const id = await all.published({ validUntil: Date.now() - 1 });
    const told = (record: string) =>
      server.store.reader
        .selectFrom('inbox_item')
        .select('id')
        .where('record', '=', record)
        .where('person', '=', agent.person)
        .where('detail', 'like', '%"due"%')
        .execute();
    const clock = startKnowledgeClock(server.store, openLog('silent'));
    await clock.tick(Date.now());
    await clock.tick(Date.now());
    clock.stop();
    expect([await told(id), await told(later)]).toMatchObject([[{}], []]);
    expect((await all.at(id)).state).toBe('published');
  });

  it('are found by the words of their fields and of their text', async () => {
    const id = await all.published({ title: 'Quokka hub' }, 'Unscrew the marzipan valve');
    for (const q of ['quokka', 'marzi', 'quokka marzipan']) expect(await listed(`q=${q}`)).toEqual([id]);
    expect(await listed('q=nowhere')).toEqual([]);
    expect(await listed('q=quokka&state=draft')).toEqual([]);
  });
});

describe('what is published for everybody', () => {
  it('[PRB-61] is on a board of its own, with the text of its version, and goes with its audience', async () => {
    const id = await all.published({ title: 'Reset your password', audience: 'everybody' }, 'Click here');
    const board = requester.open(helpBoardName(1));
    await board.synced();
    const row = () => readHelpRows(board.doc).rows.find((each) => each.id === id);
    expect(row()).toMatchObject({ title: 'Reset your password', number: 1 });
    expect(JSON.stringify(row()?.body)).toContain('Click here');
    await all.act(agent, id, 'edit', { fields: { title: 'Unpublished thought', audience: 'staff' } });
    const found = await read<{ help: readonly { id: string; title: string }[] }>(
      requester,
      '/api/help?q=password',
    );
    expect(found.help.map(({ title }) => title)).toContain('Reset your password');
    await all.publish(id);
    board.destroy();
    const later = requester.open(helpBoardName(1));
    await later.synced();
    expect(readHelpRows(later.doc).rows.map((each) => each.id)).not.toContain(id);
    later.destroy();
    expect(await read(requester, '/api/help?q=password')).toMatchObject({ help: [] });
  });

  it('is sound', async () => {
    expect(await server.store.verify()).toMatchObject({ ok: true, findings: [] });
  });
});
