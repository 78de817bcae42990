import {
  CHANGE_RULES_NAME,
  journalName,
  meetingBoardName,
  meetingName,
  roomFragment,
  roomName,
} from '@muster/documents';
import { readChangeRules } from '@muster/documents/change';
import { readMeeting, readMeetingRows, readPlainEvents, rowOfMeeting } from '@muster/documents/meeting';
import { contentOf } from '@muster/domain/change';
import type { Change, MeetingEvent } from '@muster/domain/change';
import { personId, recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';
import { HOUR, TestBoard } from './test-meetings.ts';

let server: TestServer;
let admin: TestSession;
let lead: TestSession;
let agent: TestSession;
let other: TestSession;
let requester: TestSession;

beforeAll(async () => {
  server = await startTestServer();
  [admin, lead, agent, other, requester] = (await Promise.all(
    ['admin', 'lead', 'agent', 'other', 'requester'].map((who) => server.signIn(`${who}@desk.test`)),
  )) as [TestSession, TestSession, TestSession, TestSession, TestSession];
});
afterAll(() => server.stop());

const applied = { outcome: 'applied' };
const refused = (reason: string, facts: object = {}) => ({
  outcome: 'refused',
  refusal: { code: `change/${reason}`, ...facts },
});
const idOf = (who: string) => personId(server.account(`${who}@desk.test`).id);

async function makeService(name: string): Promise<string> {
  const body = { name, team: null, criticality: 3 };
  return ((await (await admin.call('POST', '/api/services', body)).json()) as { id: string }).id;
}

/** A board that looks at the new changes of one service, which no other test touches. */
async function boardOn(service: string, states = ['new']): Promise<TestBoard> {
  const agenda = { states, when: { services: [service] }, policies: [] } as never;
  return new TestBoard(server, lead).make({ agenda });
}

async function draft(service: string, title: string): Promise<RecordId> {
  const id = recordId(ulid());
  const begins = Date.now() - HOUR;
  const fields = { title, items: [service], begins, ends: begins + 4 * HOUR };
  expect(await agent.run('change.create', id, { model: 'normal', fields })).toMatchObject(applied);
  return id;
}

async function changeOf(id: RecordId): Promise<Change> {
  const row = await server.store.reader
    .selectFrom('change')
    .select('data')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return JSON.parse(row.data) as Change;
}

const actOn = async (by: TestSession, id: RecordId, verb: string, args: object = {}) =>
  by.run(`change.${verb}`, id, args, (await changeOf(id)).version);

async function writeIn(by: TestSession, room: string, root: 'notes' | 'implementation', words: string) {
  const open = by.open(room);
  await open.synced();
  const before = (await server.store.documents.load(room))?.headSeq ?? 0;
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(words)]);
  roomFragment(open.doc, root).push([paragraph]);
  await expect
    .poll(async () => (await server.store.documents.load(room))?.headSeq ?? 0)
    .toBeGreaterThan(before);
  return open;
}

/** Told to a person about a meeting, oldest first. */
async function told(person: string, record: RecordId): Promise<readonly (readonly [string, unknown])[]> {
  const rows = await server.store.reader
    .selectFrom('inbox_item')
    .select(['kind', 'detail'])
    .where('person', '=', idOf(person))
    .where('record', '=', record)
    .orderBy('at')
    .orderBy('id')
    .execute();
  return rows.map(({ kind, detail }) => [kind, JSON.parse(detail) as unknown]);
}

describe('change boards', () => {
  it('[CHG-90] are made and altered by who manages changes, and stand among the rules', async () => {
    const board = new TestBoard(server, lead);
    const fields = board.fields();
    expect(await agent.run('change-board.create', board.id, { fields })).toMatchObject(
      refused('board-not-permitted', { permission: 'change.manage' }),
    );
    await board.make();
    const edited = { fields: { name: 'Weekly board' } };
    expect(await lead.run('change-board.edit', board.id, edited, 1)).toEqual(
      expect.objectContaining({ ...applied, version: 2 }),
    );
    const rules = agent.open(CHANGE_RULES_NAME);
    await rules.synced();
    expect(readChangeRules(rules.doc).rules.boards.get(board.id)).toMatchObject({
      ...{ name: 'Weekly board', version: 2, retired: false },
      chairs: [idOf('lead'), idOf('agent')],
    });
    rules.destroy();
    const { boards } = (await (await agent.call('GET', '/api/change/boards')).json()) as {
      boards: readonly { id: string }[];
    };
    expect(boards.map(({ id }) => id)).toContain(board.id);
    const journal = agent.open(journalName(board.id));
    await journal.synced();
    expect(readPlainEvents(journal.doc).events.map(({ event }) => event.type)).toEqual(['made', 'edited']);
    journal.destroy();
  });

  it('[CHG-90] that end before they begin, have nobody in the chair or odd fields are refused, and nothing is made', async () => {
    const board = new TestBoard(server, lead);
    const { when } = board.fields();
    const odd: readonly [object, object][] = [
      [{ when: { ...when, ends: when.begins } }, { field: 'ends' }],
      [{ when: { ...when, zone: 'Nowhere/At' } }, { field: 'zone' }],
      [{ chairs: [] }, { field: 'chairs' }],
      [{ members: ['nobody'] }, { field: 'person', value: 'nobody' }],
      [{ itemMinutes: 0 }, { field: 'itemMinutes' }],
    ];
    for (const [given, facts] of odd)
      expect(await lead.run('change-board.create', board.id, { fields: board.fields(given) })).toMatchObject(
        refused('board-field', facts),
      );
    for (const args of [{}, { fields: { ...board.fields(), colour: 'red' } }])
      expect(await lead.run('change-board.create', board.id, args)).toMatchObject({
        refusal: { code: 'command/malformed' },
      });
    expect(await lead.run('change-board.retire', board.id, {}, 1)).toMatchObject(refused('no-such-board'));
    const taken = await draft(await makeService('Taken'), 'Not a board');
    const fields = board.fields();
    expect(await lead.run('change-board.create', taken, { fields })).toMatchObject(refused('no-such-board'));
  });
});

describe('meetings', () => {
  it('[CHG-91] are planned once for each moment, shown to all who read changes, and everybody invited is told', async () => {
    const board = await new TestBoard(server, lead).make();
    const at = Date.now() + 5 * HOUR;
    const id = await board.planned(at);
    expect(await agent.run('change-meeting.plan', recordId(ulid()), { board: board.id, at })).toMatchObject(
      refused('already-planned', { at, meeting: id }),
    );
    expect(
      await other.run('change-meeting.plan', recordId(ulid()), { board: board.id, at: at + HOUR }),
    ).toMatchObject(refused('not-a-chair'));
    expect(
      await lead.run('change-meeting.plan', recordId(ulid()), { board: recordId(ulid()), at }),
    ).toMatchObject(refused('no-such-board'));
    expect(await board.meeting(id)).toMatchObject({ adHoc: true, endsAt: at + HOUR, state: 'planned' });
    for (const who of ['agent', 'other'])
      expect(await told(who, id)).toEqual([
        ['board-item', expect.objectContaining({ what: 'invited', name: 'Advisory board', at })],
      ]);
    expect(await told('lead', id)).toEqual([]);
    const shown = other.open(meetingBoardName(1));
    await shown.synced();
    expect(readMeetingRows(shown.doc).meetings).toContainEqual(rowOfMeeting(await board.meeting(id)));
    await board.act(agent, id, 'call-off', { reason: 'Nothing to look at' });
    await expect
      .poll(() => readMeetingRows(shown.doc).meetings.find((row) => row.id === id)?.state)
      .toBe('called_off');
    shown.destroy();
    expect((await told('other', id)).map(([, detail]) => detail)).toContainEqual(
      expect.objectContaining({ what: 'called-off', reason: 'Nothing to look at' }),
    );
    const again = await board.planned(at);
    expect(again).not.toBe(id);
  });

  it('[CHG-92] [CHG-93] are opened by the first of two chairs with what the filter finds, and the other is told who', async () => {
    const service = await makeService('Relay');
    const board = await boardOn(service);
    const [one, two] = [await draft(service, 'First'), await draft(service, 'Second')];
    await draft(await makeService('Elsewhere'), 'Not of this board');
    const id = await board.planned();
    const { version } = await board.meeting(id);
    const answers = await Promise.all([
      board.act(lead, id, 'open', {}, version),
      board.act(agent, id, 'open', {}, version),
    ]);
    const [first, second] =
      answers[0]?.outcome === 'applied' ? (['lead', 'agent'] as const) : (['agent', 'lead'] as const);
    expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['applied', 'refused']);
    expect(answers.find(({ outcome }) => outcome === 'refused')).toMatchObject(
      refused('meeting-moved', { state: 'live', by: idOf(first) }),
    );
    const meeting = await board.meeting(id);
    expect(meeting).toMatchObject({ state: 'live', chair: idOf(first) });
    expect(meeting.agenda.map(({ change }) => change).toSorted()).toEqual([one, two].toSorted());
    const chair = first === 'lead' ? lead : agent;
    const late = second === 'lead' ? lead : agent;
    expect(await board.act(late, id, 'close')).toMatchObject(refused('not-in-chair', { chair: idOf(first) }));
    expect(await board.act(chair, id, 'close')).toMatchObject(applied);
    expect(await board.act(other, id, 'join')).toMatchObject(refused('meeting-moved', { state: 'closed' }));
  });

  it('[CHG-95] show one item to everybody, also to whoever comes in by the document, as it is after each act', async () => {
    const service = await makeService('Switch');
    const board = await boardOn(service);
    const [one, two] = [await draft(service, 'One'), await draft(service, 'Two')];
    const id = await board.planned();
    await board.act(lead, id, 'open');
    const seat = other.open(meetingName(id));
    const journal = other.open(journalName(id));
    await Promise.all([seat.synced(), journal.synced()]);
    await board.act(other, id, 'join');
    await board.act(lead, id, 'show-item', { change: one, from: null });
    await expect.poll(() => readMeeting(seat.doc, id).meeting?.current).toBe(one);
    expect(await board.act(lead, id, 'show-item', { change: two, from: null })).toMatchObject(
      refused('item-moved', { current: one }),
    );
    await board.act(lead, id, 'place-item', { change: one, before: null });
    await board.act(lead, id, 'decide-item', { change: one, verdict: 'approved', next: two });
    const meeting = await board.meeting(id);
    expect(meeting.current).toBe(two);
    await expect.poll(() => readMeeting(seat.doc, id).meeting).toEqual(meeting);
    await expect
      .poll(() => readPlainEvents<MeetingEvent>(journal.doc).events.map(({ event }) => event.type))
      .toEqual(['planned', 'opened', 'joined', 'item-shown', 'item-placed', 'item-decided', 'item-shown']);
    seat.destroy();
    journal.destroy();
  });

  it('[CHG-97] note the votes as they stand, and keep what was decided when the change moves on', async () => {
    const service = await makeService('Core');
    const board = await boardOn(service, ['authorize']);
    const change = await draft(service, 'New core');
    (await writeIn(agent, roomName(change), 'implementation', 'Swap')).destroy();
    await expect
      .poll(async () => (await actOn(agent, change, 'step', { to: 'assess' })).outcome)
      .toBe('applied');
    const calm = {
      answers: { tested: 'yes', backout: 'rehearsed', experience: 'often', reach: 'team' },
      ...{ likelihood: 1, impact: 1 },
    };
    expect(await actOn(agent, change, 'assess', { input: calm })).toMatchObject(applied);
    const read = async () => contentOf(await changeOf(change));
    expect(await actOn(lead, change, 'vote', { vote: 'approved', read: await read() })).toMatchObject(
      applied,
    );
    expect(await actOn(agent, change, 'step', { to: 'authorize' })).toMatchObject(applied);
    const id = await board.planned();
    await board.act(lead, id, 'open');
    expect((await board.meeting(id)).agenda.map((item) => item.change)).toEqual([change]);
    const vote = { vote: 'approved', read: await read(), note: 'Go' };
    expect(await actOn(admin, change, 'vote', vote)).toMatchObject(applied);
    expect(await board.act(lead, id, 'decide-item', { change, verdict: 'rejected' })).toMatchObject(
      refused('votes-differ', { votes: 'approved' }),
    );
    expect(await board.act(lead, id, 'decide-item', { change, verdict: 'approved' })).toMatchObject(applied);
    const { agenda } = await board.meeting(id);
    expect(agenda[0]?.decision).toMatchObject({ verdict: 'approved', state: 'authorize', by: idOf('lead') });
    expect(agenda[0]?.decision?.votes).toContainEqual({
      ...{ person: idOf('admin'), vote: 'approved', note: 'Go' },
    });
    expect(await actOn(agent, change, 'cancel', { reason: 'Not needed' })).toMatchObject(applied);
    expect((await board.meeting(id)).agenda).toEqual(agenda);
  });

  it('[CHG-97] count no vote on a plan that was written in the same moment', async () => {
    const service = await makeService('Backup');
    const board = await boardOn(service);
    const change = await draft(service, 'New backup');
    const id = await board.planned();
    await board.act(lead, id, 'open');
    (await writeIn(agent, roomName(change), 'implementation', 'Swap the tape')).destroy();
    expect(
      await board.act(lead, id, 'decide-item', { change, verdict: 'deferred', note: 'Written just now' }),
    ).toMatchObject(applied);
    // the rules had looked at the room before it was noted
    expect((await changeOf(change)).plans.implementation).toEqual(expect.any(String));
    expect((await board.meeting(id)).agenda[0]?.decision?.revision).toBe((await changeOf(change)).revision);
  });

  it('[CHG-98] take what was put off over to the next, before what is new, and tell whose change it is', async () => {
    const service = await makeService('Wiki');
    const board = await boardOn(service);
    const change = await draft(service, 'Later');
    const id = await board.planned();
    await board.act(lead, id, 'open');
    expect(await board.act(lead, id, 'decide-item', { change, verdict: 'deferred' })).toMatchObject(
      refused('defer-note'),
    );
    await board.act(lead, id, 'decide-item', { change, verdict: 'deferred', note: 'No plan yet' });
    expect(await told('agent', id)).toContainEqual([
      'board-item',
      expect.objectContaining({ what: 'deferred', change, note: 'No plan yet' }),
    ]);
    await board.act(lead, id, 'close');
    const fresh = await draft(service, 'New');
    const second = await board.planned();
    await board.act(agent, second, 'open');
    expect((await board.meeting(second)).agenda).toMatchObject([
      { change, takenOver: true },
      { change: fresh, takenOver: false },
    ]);
  });

  it('[CHG-94] refuse a change that is not there, and args that are none, and do half of nothing', async () => {
    const board = await boardOn(await makeService('Nothing'));
    const id = await board.planned();
    await board.act(lead, id, 'open');
    const { version } = await board.meeting(id);
    const none = ulid();
    const odd: readonly [string, object, object][] = [
      ['add-item', { change: none }, refused('no-such-item', { change: none })],
      ['drop-item', { change: none }, refused('no-such-item')],
      ['show-item', { change: none, from: null }, refused('no-such-item')],
      ['decide-item', { change: none, verdict: 'approved' }, refused('no-such-item')],
      ['decide-item', { change: none, verdict: 'maybe' }, { refusal: { code: 'command/malformed' } }],
      ['add-item', { change: 'x' }, { refusal: { code: 'command/malformed' } }],
      ['hand-over', { to: 'nobody' }, refused('not-present')],
      ['open', { now: true }, { refusal: { code: 'command/malformed' } }],
      ['dance', {}, { refusal: { code: 'command/unknown-type' } }],
    ];
    for (const [verb, args, answer] of odd)
      expect(await board.act(lead, id, verb, args), verb).toMatchObject(answer);
    expect((await board.meeting(id)).version).toBe(version);
    expect(await lead.run('change-meeting.open', recordId(ulid()), {}, 0)).toMatchObject(
      refused('no-such-meeting'),
    );
  });

  it('[CHG-105] have notes that who is invited writes, until it is over; who had them open reads on', async () => {
    const board = await boardOn(await makeService('Notes'));
    const id = await board.planned();
    await board.act(lead, id, 'open');
    const room = roomName(id);
    const seat = await writeIn(other, room, 'notes', 'We met');
    await board.act(lead, id, 'close');
    await expect
      .poll(async () => {
        const text = await (await other.call('GET', `/api/change/meetings/${id}/minutes.md`)).text();
        return text.includes('## Notes') && text.includes('We met');
      })
      .toBe(true);
    const head = (await server.store.documents.load(room))?.headSeq;
    const late = agent.open(room);
    await late.synced();
    const words = new Y.XmlElement('paragraph');
    words.insert(0, [new Y.XmlText('and changed our minds')]);
    roomFragment(late.doc, 'notes').push([words]);
    roomFragment(seat.doc, 'notes').push([words.clone()]);
    const none = await requester.open(room).closed();
    expect(none).toMatchObject({ code: 4403 });
    await late.closed();
    expect((await server.store.documents.load(room))?.headSeq).toBe(head);
    seat.destroy();
    late.destroy();
  });

  it('[CHG-104] are read over HTTP with their history and minutes, those that are off the board too', async () => {
    const service = await makeService('Minutes');
    const board = await boardOn(service);
    const change = await draft(service, 'A <b>bold</b> one');
    const id = await board.planned();
    await board.act(lead, id, 'open');
    await board.act(lead, id, 'decide-item', { change, verdict: 'approved', note: 'Fine' });
    await board.act(lead, id, 'close');
    const one = (await (await agent.call('GET', `/api/change/meetings/${id}`)).json()) as {
      meeting: unknown;
      events: readonly { event: { type: string } }[];
    };
    expect(one.meeting).toEqual(await board.meeting(id));
    expect(one.events.map(({ event }) => event.type)).toEqual([
      'planned',
      'opened',
      'item-decided',
      'closed',
    ]);
    const minutes = await (await agent.call('GET', `/api/change/meetings/${id}/minutes.md`)).text();
    expect(minutes).toContain(String.raw`### 1. A \<b\>bold\</b\> one (CHG-`);
    expect(minutes).toContain('- Approved, noted by');
    const listed = async (query: string) =>
      (await (await agent.call('GET', `/api/change/meetings?${query}`)).json()) as {
        meetings: readonly { id: string }[];
        next: string | null;
      };
    await board.planned();
    const first = await listed(`board=${board.id}&limit=1`);
    expect(first.next).not.toBeNull();
    const rest = await listed(`board=${board.id}&limit=1&cursor=${first.next}`);
    expect([...first.meetings, ...rest.meetings].map((each) => each.id)).toContain(id);
    expect((await listed(`board=${board.id}&state=closed`)).meetings.map((each) => each.id)).toEqual([id]);
    expect((await agent.call('GET', `/api/change/meetings/${ulid()}`)).status).toBe(404);
    expect((await agent.call('GET', '/api/change/meetings?state=odd')).status).toBe(400);
  });

  it('leave a store that is what its events say', async () => {
    await expect.poll(async () => (await server.store.verify()).findings).toEqual([]);
  });
});
