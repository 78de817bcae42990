import {
  CHANGE_RULES_NAME,
  changeBoardName,
  journalName,
  roomFragment,
  roomName,
  textOf,
} from '@muster/documents';
import { readChangeRules, readChanges, readPlainEvents } from '@muster/documents/change';
import { contentOf } from '@muster/domain/change';
import type { ChangeEvent } from '@muster/domain/change';
import { recordId, tokenOf } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startChangeClock } from '../automation/change-clock.ts';
import { openLog } from '../log.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { CALM, applied, refused, startTestChanges } from './test-changes.ts';
import type { TestChanges } from './test-changes.ts';

let desk: TestChanges;
let server: TestServer;
let admin: TestSession;
let lead: TestSession;
let agent: TestSession;
let other: TestSession;
let requester: TestSession;
let service: string;
beforeAll(async () => {
  desk = await startTestChanges();
  ({ server } = desk);
  ({ admin, lead, agent, other, requester } = desk.people);
  service = await desk.makeService('Mail');
});
afterAll(() => server.stop());

const draft = (more: object = {}) => desk.draft({ items: [service], ...more });
const standard = (template: RecordId) => desk.standard(template, { items: [service] });
const write = (id: RecordId, words: string) => desk.write(agent, roomName(id), 'implementation', words);

describe('changes', () => {
  it('are made, shown on their board and in their history, and to nobody else', async () => {
    const id = await draft();
    const board = lead.open(changeBoardName(1));
    await board.synced();
    expect(readChanges(board.doc).changes).toContainEqual(await desk.present(id));
    expect(await desk.act(agent, id, 'edit', { fields: { title: 'A newer relay' } })).toMatchObject(applied);
    await expect
      .poll(() => readChanges(board.doc).changes.find((each) => each.id === id)?.title)
      .toBe('A newer relay');
    board.destroy();
    const journal = lead.open(journalName(id));
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
    for (const name of [changeBoardName(1), CHANGE_RULES_NAME, journalName(id), roomName(id)]) {
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

  it('[CHG-26] [CHG-28] go from draft to scheduled by three votes on what was read', async () => {
    await desk.setPolicy();
    const id = await draft();
    expect(await desk.act(agent, id, 'step', { to: 'assess' })).toMatchObject(refused('plans-missing'));
    const room = await write(id, 'Swap the relay');
    await expect
      .poll(async () => (await desk.act(agent, id, 'step', { to: 'assess' })).outcome)
      .toBe('applied');
    expect(await desk.act(agent, id, 'assess', { input: CALM })).toMatchObject(applied);
    const early = contentOf(await desk.present(id));
    expect(await desk.act(agent, id, 'vote', { vote: 'approved', read: early })).toMatchObject(
      refused('not-asked'),
    );
    expect(await desk.act(lead, id, 'vote', { vote: 'approved', read: early })).toMatchObject(applied);
    expect(await desk.act(agent, id, 'step', { to: 'authorize' })).toMatchObject(applied);
    const read = contentOf(await desk.present(id));
    expect(await desk.act(admin, id, 'vote', { vote: 'approved', read })).toMatchObject(applied);

    const more = await write(id, 'and the cable');
    await expect
      .poll(async () => (await desk.present(id)).plans.implementation)
      .not.toBe(read['plan:implementation']);
    expect(await desk.act(lead, id, 'vote', { vote: 'approved', read })).toMatchObject(
      refused('content-moved', { differs: ['plan:implementation'] }),
    );
    const void_ = await desk.told(admin, id);
    expect(void_).toContainEqual([
      'approval-void',
      expect.objectContaining({ differs: ['plan:implementation'], revision: 3 }),
    ]);

    const now = contentOf(await desk.present(id));
    for (const approver of [lead, admin])
      expect(await desk.act(approver, id, 'vote', { vote: 'approved', read: now })).toMatchObject(applied);
    expect(await desk.act(lead, id, 'vote', { vote: 'approved', read: now })).toMatchObject(
      refused('already-voted', { vote: 'approved' }),
    );
    expect(await desk.act(agent, id, 'step', { to: 'scheduled' })).toMatchObject(
      refused('approvals-missing'),
    );
    expect(await desk.act(other, id, 'vote', { vote: 'approved', read: now })).toMatchObject(applied);
    expect(await desk.act(agent, id, 'step', { to: 'scheduled' })).toMatchObject(applied);
    expect((await desk.present(id)).state).toBe('scheduled');
    expect((await desk.told(other, id)).map(([kind]) => kind)).toEqual(['approval-asked']);
    expect((await desk.told(agent, id)).map(([kind]) => kind)).toEqual([
      'change-approved',
      'change-approved',
    ]);
    expect((await server.store.verify()).findings).toEqual([]);
    room.destroy();
    more.destroy();
  });

  it('[CHG-8] [CHG-44] refuse windows that end first and rings of tasks, and half of nothing is done', async () => {
    const id = recordId(ulid());
    const fields = { title: 'Backwards', items: [service], begins: 10, ends: 5 };
    expect(await agent.run('change.create', id, { model: 'normal', fields })).toMatchObject(
      refused('window-ends-first', { begins: 10, ends: 5 }),
    );
    expect((await agent.call('GET', `/api/changes/${id}`)).status).toBe(404);
    const made = await draft();
    const task = (after: readonly string[]) => ({
      ...{
        title: 'Task',
        kind: 'implementation',
        owner: null,
        team: null,
        plannedMinutes: null,
        backout: '',
      },
      after,
    });
    await desk.act(agent, made, 'add-task', { task: 'a', fields: task([]) });
    await desk.act(agent, made, 'add-task', { task: 'b', fields: task(['a']) });
    const { version } = await desk.present(made);
    expect(await desk.act(agent, made, 'edit-task', { task: 'a', fields: { after: ['b'] } })).toMatchObject(
      refused('task-cycle'),
    );
    expect(await desk.act(agent, made, 'note-plans', { plans: {} })).toMatchObject(
      refused('not-permitted', { permission: 'system' }),
    );
    expect(await desk.act(agent, made, 'edit', { fields: { items: ['nothing'] } })).toMatchObject(
      refused('unknown-item'),
    );
    expect(await desk.act(agent, made, 'edit', { fields: { colour: 'red' } })).toMatchObject({
      refusal: { code: 'command/malformed' },
    });
    expect((await desk.present(made)).version).toBe(version);
    expect(await agent.run('change.create', made, { model: 'normal', fields: { title: 'x' } })).toMatchObject(
      refused('already-exists'),
    );
    const ticket = await agent.createTicket('incident');
    expect(
      await agent.run('change.create', ticket.id, { model: 'normal', fields: { title: 'x' } }),
    ).toMatchObject(refused('no-such-change'));
  });

  it('[CHG-59] ask an approver no more whose time is over, once, by the clock', async () => {
    await desk.setPolicy({ withinMs: 1 });
    const id = await draft();
    const room = await write(id, 'Swap');
    await expect
      .poll(async () => (await desk.act(agent, id, 'step', { to: 'assess' })).outcome)
      .toBe('applied');
    await desk.act(agent, id, 'assess', { input: CALM });
    await desk.act(lead, id, 'vote', { vote: 'approved', read: contentOf(await desk.present(id)) });
    await desk.act(agent, id, 'step', { to: 'authorize' });
    const clock = startChangeClock(server.store, openLog('silent'));
    await expect.poll(() => clock.tick(Date.now())).toBe(1);
    expect(await clock.tick(Date.now())).toBe(0);
    clock.stop();
    expect(
      (await desk.present(id)).approvals.filter(({ state }) => state === 'expired').length,
    ).toBeGreaterThan(0);
    expect((await desk.told(other, id)).map(([kind]) => kind)).toContain('approval-expired');
    room.destroy();
  });

  it('[CHG-13] [CHG-16] are made from a template that was approved, which counts them', async () => {
    const template = await desk.approvedTemplate();
    expect(await agent.run('change-template.note-use', template, { change: ulid() }, 2)).toMatchObject(
      refused('not-permitted'),
    );
    const id = await standard(template);
    const rules = (await (await agent.call('GET', '/api/change/rules')).json()) as {
      templates: { id: string; uses: number; state: string }[];
    };
    expect(rules.templates).toContainEqual(
      expect.objectContaining({ id: template, uses: 1, state: 'active' }),
    );
    const room = agent.open(roomName(id));
    await room.synced();
    expect(textOf(roomFragment(room.doc, 'implementation'))).toBe('Ask, install, look');
    room.destroy();
    expect(await desk.act(agent, id, 'step', { to: 'scheduled' })).toMatchObject(applied);
    expect((await server.store.verify()).findings).toEqual([]);
  });

  it('are listed and found by whoever may read them, page by page', async () => {
    const id = await draft({ title: 'Theremin' });
    const { number } = await desk.present(id);
    type Found = { changes: { id?: string; change?: { id: string } }[]; next: string | null };
    const get = async (path: string, by = lead) => (await (await by.call('GET', path)).json()) as Found;
    for (const q of ['theremin', String(number), tokenOf('change', id as RecordId)])
      expect(
        (await get(`/api/search?q=${encodeURIComponent(q)}`)).changes.map(({ change }) => change?.id),
      ).toEqual([id]);
    const first = await get('/api/changes?limit=1');
    expect(first.changes.map((each) => each.id)).toEqual([id]);
    const second = await get(`/api/changes?limit=1&cursor=${String(first.next)}`);
    expect(second.changes[0]?.id).not.toBe(id);
    expect((await get(`/api/changes?item=${service}&state=new`)).changes.map((each) => each.id)).toContain(
      id,
    );
    expect((await get('/api/changes', requester)).changes).toEqual([]);
    expect((await get('/api/search?q=theremin', requester)).changes).toEqual([]);
    expect((await requester.call('GET', `/api/changes/${id}`)).status).toBe(404);
    const one = (await (await lead.call('GET', `/api/changes/${id}`)).json()) as { events: unknown[] };
    expect(one.events).toHaveLength(1);
  });
});
