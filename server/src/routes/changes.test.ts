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
import type { Change, ChangeEvent } from '@muster/domain/change';
import { tokenOf } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { startChangeClock } from '../automation/change-clock.ts';
import { openLog } from '../log.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const HOUR = 3_600_000;

let server: TestServer;
let admin: TestSession;
let lead: TestSession;
let agent: TestSession;
let other: TestSession;
let requester: TestSession;
let service: string;
beforeAll(async () => {
  server = await startTestServer();
  [admin, lead, agent, other, requester] = (await Promise.all(
    ['admin', 'lead', 'agent', 'other', 'requester'].map((who) => server.signIn(`${who}@desk.test`)),
  )) as [TestSession, TestSession, TestSession, TestSession, TestSession];
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

  it('[CHG-26] [CHG-28] go from draft to scheduled by three votes on what was read', async () => {
    await setPolicy();
    const id = await draft();
    expect(await act(agent, id, 'step', { to: 'assess' })).toMatchObject(refused('plans-missing'));
    const room = await write(agent, id, 'implementation', 'Swap the relay');
    await expect.poll(async () => (await act(agent, id, 'step', { to: 'assess' })).outcome).toBe('applied');
    expect(await act(agent, id, 'assess', { input: CALM })).toMatchObject(applied);
    const early = contentOf(await changeOf(id));
    expect(await act(agent, id, 'vote', { vote: 'approved', read: early })).toMatchObject(
      refused('not-asked'),
    );
    expect(await act(lead, id, 'vote', { vote: 'approved', read: early })).toMatchObject(applied);
    expect(await act(agent, id, 'step', { to: 'authorize' })).toMatchObject(applied);
    const read = contentOf(await changeOf(id));
    expect(await act(admin, id, 'vote', { vote: 'approved', read })).toMatchObject(applied);

    const more = await write(agent, id, 'implementation', 'and the cable');
    await expect
      .poll(async () => (await changeOf(id)).plans.implementation)
      .not.toBe(read['plan:implementation']);
    expect(await act(lead, id, 'vote', { vote: 'approved', read })).toMatchObject(
      refused('content-moved', { differs: ['plan:implementation'] }),
    );
    const void_ = await told(admin, id);
    expect(void_).toContainEqual([
      'approval-void',
      expect.objectContaining({ differs: ['plan:implementation'], revision: 3 }),
    ]);

    const now = contentOf(await changeOf(id));
    for (const approver of [lead, admin])
      expect(await act(approver, id, 'vote', { vote: 'approved', read: now })).toMatchObject(applied);
    expect(await act(lead, id, 'vote', { vote: 'approved', read: now })).toMatchObject(
      refused('already-voted', { vote: 'approved' }),
    );
    expect(await act(agent, id, 'step', { to: 'scheduled' })).toMatchObject(refused('approvals-missing'));
    expect(await act(other, id, 'vote', { vote: 'approved', read: now })).toMatchObject(applied);
    expect(await act(agent, id, 'step', { to: 'scheduled' })).toMatchObject(applied);
    expect((await changeOf(id)).state).toBe('scheduled');
    expect((await told(other, id)).map(([kind]) => kind)).toEqual(['approval-asked']);
    expect((await told(agent, id)).map(([kind]) => kind)).toEqual(['change-approved', 'change-approved']);
    expect((await server.store.verify()).findings).toEqual([]);
    room.destroy();
    more.destroy();
  });

  it('[CHG-8] [CHG-44] refuse windows that end first and rings of tasks, and half of nothing is done', async () => {
    const id = ulid();
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
    await act(agent, made, 'add-task', { task: 'a', fields: task([]) });
    await act(agent, made, 'add-task', { task: 'b', fields: task(['a']) });
    const { version } = await changeOf(made);
    expect(await act(agent, made, 'edit-task', { task: 'a', fields: { after: ['b'] } })).toMatchObject(
      refused('task-cycle'),
    );
    expect(await act(agent, made, 'note-plans', { plans: {} })).toMatchObject(
      refused('not-permitted', { permission: 'system' }),
    );
    expect(await act(agent, made, 'edit', { fields: { items: ['nothing'] } })).toMatchObject(
      refused('unknown-item'),
    );
    expect(await act(agent, made, 'edit', { fields: { colour: 'red' } })).toMatchObject({
      refusal: { code: 'command/malformed' },
    });
    expect((await changeOf(made)).version).toBe(version);
    expect(await agent.run('change.create', made, { model: 'normal', fields: { title: 'x' } })).toMatchObject(
      refused('already-exists'),
    );
    const ticket = await agent.createTicket('incident');
    expect(
      await agent.run('change.create', ticket.id, { model: 'normal', fields: { title: 'x' } }),
    ).toMatchObject(refused('no-such-change'));
  });

  it('[CHG-59] ask an approver no more whose time is over, once, by the clock', async () => {
    await setPolicy({ withinMs: 1 });
    const id = await draft();
    const room = await write(agent, id, 'implementation', 'Swap');
    await expect.poll(async () => (await act(agent, id, 'step', { to: 'assess' })).outcome).toBe('applied');
    await act(agent, id, 'assess', { input: CALM });
    await act(lead, id, 'vote', { vote: 'approved', read: contentOf(await changeOf(id)) });
    await act(agent, id, 'step', { to: 'authorize' });
    const clock = startChangeClock(server.store, openLog('silent'));
    await expect.poll(() => clock.tick(Date.now())).toBe(1);
    expect(await clock.tick(Date.now())).toBe(0);
    clock.stop();
    expect((await changeOf(id)).approvals.filter(({ state }) => state === 'expired').length).toBeGreaterThan(
      0,
    );
    expect((await told(other, id)).map(([kind]) => kind)).toContain('approval-expired');
    room.destroy();
  });

  it('[CHG-13] [CHG-16] are made from a template that was approved, which counts them', async () => {
    const template = await approvedTemplate();
    const id = await standard(template);
    const rules = (await (await agent.call('GET', '/api/change/rules')).json()) as {
      templates: { id: string; uses: number; state: string }[];
    };
    expect(rules.templates).toContainEqual(
      expect.objectContaining({ id: template, uses: 1, state: 'active' }),
    );
    const room = agent.open(roomName(id as never));
    await room.synced();
    expect(textOf(roomFragment(room.doc, 'implementation'))).toBe('Ask, install, look');
    room.destroy();
    expect(await act(agent, id, 'step', { to: 'scheduled' })).toMatchObject(applied);
    expect((await server.store.verify()).findings).toEqual([]);
  });

  it('are listed and found by whoever may read them, page by page', async () => {
    const id = await draft({ title: 'Theremin' });
    const { number } = await changeOf(id);
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

describe('what follows from changes', () => {
  const beginsAt = Date.now() + 100 * HOUR;
  const window = { begins: beginsAt, ends: beginsAt + HOUR };

  async function stateOf(announcement: string): Promise<unknown> {
    const row = await server.store.reader
      .selectFrom('announcement')
      .select('data')
      .where('id', '=', announcement)
      .executeTakeFirstOrThrow();
    const {
      state,
      beginsAt: begins,
      told: notices,
    } = JSON.parse(row.data) as {
      state: string;
      beginsAt: number;
      told: { notice: string }[];
    };
    return { state, begins, told: notices.map(({ notice }) => notice) };
  }

  it('[CHG-61] [CHG-62] [FLW-15] an announcement is postponed when its change moves, and called off with it', async () => {
    const id = await draft(window);
    const announcement = ulid();
    const fields = {
      ...{ kind: 'planned-outage', title: 'Relay', message: 'Off for an hour', services: [service] },
      ...{ beginsAt, endsAt: beginsAt + HOUR, public: false, audience: [] },
    };
    await lead.run('announcement.create', announcement, { fields });
    expect(await act(agent, id, 'note-announcement', { announcement })).toMatchObject(
      refused('not-permitted', { permission: 'desk.announce' }),
    );
    const nowhere = ulid();
    expect(await act(lead, id, 'note-announcement', { announcement: nowhere })).toMatchObject(
      refused('unknown-item', { item: nowhere }),
    );
    expect(await act(lead, id, 'note-announcement', { announcement })).toMatchObject(applied);
    expect(await act(lead, await draft(window), 'note-announcement', { announcement })).toMatchObject(
      refused('invalid-value', { field: 'announcement' }),
    );
    expect(await lead.run('announcement.step', announcement, { to: 'scheduled' }, 1)).toMatchObject(applied);
    const later = { begins: beginsAt + HOUR, ends: beginsAt + 2 * HOUR };
    expect(await act(agent, id, 'edit', { fields: later })).toMatchObject(applied);
    expect(await stateOf(announcement)).toEqual({
      ...{ state: 'postponed', begins: later.begins, told: ['publication', 'postponed'] },
    });
    expect(await act(agent, id, 'cancel', { reason: 'Not needed' })).toMatchObject(applied);
    expect(await stateOf(announcement)).toMatchObject({ state: 'cancelled' });
    expect((await server.store.verify()).findings).toEqual([]);
  });

  it('[CHG-63] [FLW-16] an incident hears what caused it, if whoever says so may read it', async () => {
    const id = await standard(await approvedTemplate());
    for (const to of ['scheduled', 'implement', 'review'])
      expect(await act(agent, id, 'step', { to })).toMatchObject(applied);
    const incident = await agent.createTicket('incident');
    const caused = { incident: incident.id, priority: 5 };
    expect(await act(agent, id, 'note-caused', caused)).toMatchObject(applied);
    const { number, caused: named } = await changeOf(id);
    // how bad it was is not its namer's to say
    expect(named).toEqual([{ incident: incident.id, priority: 3 }]);
    expect(await (await agent.call('GET', `/api/records/${incident.id}`)).text()).toContain(
      `${String(number)} is named as what caused this.`,
    );
    const hidden = await lead.createTicket('incident', { readers: [lead.person] });
    const request = await agent.createTicket('desk');
    // who may read a restricted one would show all readers of changes that it is there
    for (const [who, target] of [
      [agent, hidden.id],
      [lead, hidden.id],
      [agent, request.id],
      [agent, ulid()],
    ] as const)
      expect(await act(who, id, 'note-caused', { incident: target, priority: 1 })).toMatchObject(
        refused('unknown-item', { item: target }),
      );
    expect(await act(agent, id, 'unnote-caused', { incident: hidden.id })).toMatchObject(
      refused('unknown-item', { item: hidden.id }),
    );
    expect((await server.store.verify()).findings).toEqual([]);
  });

  it('[CHG-107] an incident that becomes restricted is counted as caused, and named to nobody', async () => {
    const id = await standard(await approvedTemplate());
    for (const to of ['scheduled', 'implement', 'review'])
      expect(await act(agent, id, 'step', { to })).toMatchObject(applied);
    const [incident, open] = [await agent.createTicket('incident'), await agent.createTicket('incident')];
    for (const one of [incident, open])
      expect(await act(agent, id, 'note-caused', { incident: one.id, priority: 3 })).toMatchObject(applied);
    expect(await act(lead, id, 'hide-caused', { incident: open.id })).toMatchObject(
      refused('not-permitted', { permission: 'system' }),
    );
    expect(await act(lead, id, 'hold', { reason: 'Look into it' })).toMatchObject(applied);
    const { version } = await ticketOf(incident.id);
    const restrict = { team: null, people: [lead.person], reason: 'Personal data' };
    expect(await lead.run('incident.restrict', incident.id, restrict, version)).toMatchObject(applied);
    const after = await changeOf(id);
    expect(after.caused).toEqual([
      { incident: null, priority: 3 },
      { incident: open.id, priority: 3 },
    ]);
    const board = agent.open(changeBoardName(1));
    await board.synced();
    await expect
      .poll(() => readChanges(board.doc).changes.find((each) => each.id === id)?.caused)
      .toEqual(after.caused);
    board.destroy();
    expect(await (await agent.call('GET', '/api/changes')).text()).not.toContain(incident.id);
    expect((await server.store.verify()).findings).toEqual([]);
  });
});

async function ticketOf(id: string): Promise<{ readonly version: number }> {
  return server.store.reader
    .selectFrom('record')
    .select('version')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
}

async function approvedTemplate(): Promise<string> {
  const template = ulid();
  const fields = {
    ...{ name: 'Renew a certificate', outage: false, tasks: [], minutes: 60, team: null },
    ...{ plans: { implementation: 'Ask, install, look' }, riskInput: CALM },
  };
  expect(await agent.run('change-template.propose', template, { fields })).toMatchObject(applied);
  expect(await agent.run('change-template.note-use', template, { change: ulid() }, 1)).toMatchObject(
    refused('not-permitted'),
  );
  expect(await lead.run('change-template.approve', template, { revision: 1 }, 1)).toMatchObject(applied);
  return template;
}

/** A standard change that may be carried out now. */
async function standard(template: string): Promise<string> {
  const id = ulid();
  const begins = Date.now() - HOUR;
  const fields = { title: 'Renew it', items: [service], begins, ends: begins + 2 * HOUR };
  expect(await agent.run('change.create', id, { model: 'standard', template, fields })).toMatchObject(
    applied,
  );
  return id;
}

const CALM = {
  answers: { tested: 'yes', backout: 'rehearsed', experience: 'often', reach: 'team' },
  likelihood: 1,
  impact: 1,
};

const policy = (more: object = {}) => ({
  ...{ name: 'Board of three', stage: 'board', when: {}, rule: { kind: 'all' } },
  approvers: [lead, admin, other].map(({ person }) => ({ kind: 'person', person, weight: 1 })),
  ...{ delegates: null, withinMs: null, ownMayVote: false },
  ...more,
});

/** Three must approve for the board. */
async function setPolicy(more: object = {}): Promise<void> {
  const rules = (await (await lead.call('GET', '/api/change/rules')).json()) as {
    policies: { id: string; version: number }[];
  };
  const basis = rules.policies.find(({ id }) => id === 'board')?.version ?? 0;
  const answer = await lead.call('PUT', '/api/change/policies/board', { basis, rule: policy(more) });
  expect(answer.status).toBe(200);
}

/** What somebody was told of a change, without who and when. */
async function told(who: TestSession, id: string): Promise<readonly (readonly [string, object])[]> {
  const rows = await server.store.reader
    .selectFrom('inbox_item')
    .select(['kind', 'detail'])
    .where('person', '=', who.person)
    .where('record', '=', id)
    .where('kind', 'not in', ['refused', 'superseded'])
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ kind, detail }) => {
    const { by: _by, at: _at, ...facts } = JSON.parse(detail) as Record<string, unknown>;
    return [kind, facts];
  });
}
