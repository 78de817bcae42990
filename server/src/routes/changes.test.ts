import { CHANGE_RULES_NAME, changeBoardName, journalName, roomFragment, roomName } from '@muster/documents';
import { readChangeRules, readChanges, readPlainEvents } from '@muster/documents/change';
import { contentOf } from '@muster/domain/change';
import type { Change, ChangeEvent } from '@muster/domain/change';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const HOUR = 3_600_000;

let server: TestServer;
let admin: TestSession;
let lead: TestSession;
let agent: TestSession;
let requester: TestSession;
let service: string;
beforeAll(async () => {
  server = await startTestServer();
  [admin, lead, agent, requester] = (await Promise.all(
    ['admin', 'lead', 'agent', 'requester'].map((who) => server.signIn(`${who}@desk.test`)),
  )) as [TestSession, TestSession, TestSession, TestSession];
  service = await makeService('Mail');
});
afterAll(() => server.stop());

async function makeService(name: string): Promise<string> {
  const body = { name, team: null, criticality: 3 };
  const answer = await (await admin.call('POST', '/api/services', body)).json();
  return (answer as { id: string }).id;
}

async function changeOf(id: string): Promise<Change> {
  const row = await server.store.reader
    .selectFrom('change')
    .select('data')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return JSON.parse(row.data) as Change;
}

const applied = { outcome: 'applied' };
const refused = (reason: string, facts: object = {}) => ({
  outcome: 'refused',
  refusal: { code: `change/${reason}`, ...facts },
});

/** A change with a window from now on, by the agent. */
async function draft(more: object = {}): Promise<string> {
  const id = ulid();
  const begins = Date.now() - HOUR;
  const fields = { title: 'New relay', items: [service], begins, ends: begins + 4 * HOUR, ...more };
  expect(await agent.run('change.create', id, { model: 'normal', fields })).toMatchObject({
    ...applied,
    version: 1,
    number: expect.stringMatching(/^CHG-\d{4}-\d{5}$/) as string,
  });
  return id;
}

/** Runs one act on what stands. */
async function act(by: TestSession, id: string, verb: string, args: object = {}) {
  return by.run(`change.${verb}`, id, args, (await changeOf(id)).version);
}

async function write(by: TestSession, id: string, plan: 'implementation' | 'backout', words: string) {
  const room = by.open(roomName(id as never));
  await room.synced();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(words)]);
  roomFragment(room.doc, plan).push([paragraph]);
  await expect
    .poll(async () => (await server.store.documents.load(roomName(id as never)))?.headSeq ?? 0)
    .toBeGreaterThan(0);
  return room;
}

describe('changes', () => {
  it('are made, shown on their board and in their history, and to nobody else', async () => {
    const id = await draft();
    const board = lead.open(changeBoardName(1));
    await board.synced();
    expect(readChanges(board.doc).changes).toContainEqual(await changeOf(id));
    expect(await act(agent, id, 'edit', { fields: { title: 'A newer relay' } })).toMatchObject(applied);
    await expect
      .poll(() => readChanges(board.doc).changes.find((each) => each.id === id)?.title)
      .toBe('A newer relay');
    board.destroy();
    const journal = lead.open(journalName(id as never));
    await journal.synced();
    expect(readPlainEvents<ChangeEvent>(journal.doc).events.map(({ event }) => event.type)).toEqual([
      'created',
      'edited',
    ]);
    journal.destroy();
    const rules = lead.open(CHANGE_RULES_NAME);
    await rules.synced();
    expect([...readChangeRules(rules.doc).rules.models.keys()]).toEqual([
      'emergency',
      'normal',
      'standard',
      'unauthorised',
    ]);
    rules.destroy();
    for (const name of [
      changeBoardName(1),
      CHANGE_RULES_NAME,
      journalName(id as never),
      roomName(id as never),
    ]) {
      const stranger = requester.open(name);
      expect(await stranger.closed()).toMatchObject({ code: 4403 });
      stranger.destroy();
    }
    const listed = await (await lead.call('GET', '/api/documents')).text();
    expect(listed).toContain('board/change@1');
    expect(listed).toContain(CHANGE_RULES_NAME);
    expect(await (await requester.call('GET', '/api/documents')).text()).not.toContain('change');
    expect((await server.store.verify()).findings).toEqual([]);
  });

  it('go from draft to scheduled by votes on what was read', async () => {
    const id = await draft();
    expect(await act(agent, id, 'step', { to: 'assess' })).toMatchObject(refused('plans-missing'));
    const room = await write(agent, id, 'implementation', 'Swap the relay');
    await expect.poll(async () => (await act(agent, id, 'step', { to: 'assess' })).outcome).toBe('applied');
    const input = {
      answers: { tested: 'yes', backout: 'rehearsed', experience: 'often', reach: 'team' },
      likelihood: 1,
      impact: 1,
    };
    expect(await act(agent, id, 'assess', { input })).toMatchObject(applied);
    const read = contentOf(await changeOf(id));
    expect(await act(agent, id, 'vote', { vote: 'approved', read })).toMatchObject(refused('not-asked'));
    const more = await write(agent, id, 'implementation', 'and the cable');
    await expect
      .poll(async () => (await changeOf(id)).plans.implementation)
      .not.toBe(read['plan:implementation']);
    expect(await act(lead, id, 'vote', { vote: 'approved', read })).toMatchObject(
      refused('content-moved', { differs: ['plan:implementation'] }),
    );
    const now = contentOf(await changeOf(id));
    expect(await act(lead, id, 'vote', { vote: 'approved', read: now })).toMatchObject(applied);
    expect(await act(lead, id, 'vote', { vote: 'approved', read: now })).toMatchObject(
      refused('already-voted'),
    );
    expect(await act(agent, id, 'step', { to: 'authorize' })).toMatchObject(applied);
    expect(await act(agent, id, 'step', { to: 'scheduled' })).toMatchObject(applied);
    expect((await changeOf(id)).state).toBe('scheduled');
    expect((await server.store.verify()).findings).toEqual([]);
    room.destroy();
    more.destroy();
  });
});
