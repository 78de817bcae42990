import { CHANGE_RULES_NAME, journalName, meetingBoardName } from '@muster/documents';
import { readChangeRules } from '@muster/documents/change';
import { readMeetingRows, readPlainEvents, rowOfMeeting } from '@muster/documents/meeting';
import { recordId } from '@muster/domain/shared';
import type { ServiceId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TestServer, TestSession } from '../testing.ts';
import { applied, refused, startTestChanges } from './test-changes.ts';
import type { TestChanges } from './test-changes.ts';
import { DAY, HOUR, TestBoard, agendaOf } from './test-meetings.ts';

let desk: TestChanges;
let server: TestServer;
let lead: TestSession;
let agent: TestSession;
let other: TestSession;
beforeAll(async () => {
  desk = await startTestChanges();
  ({ server } = desk);
  ({ lead, agent, other } = desk.people);
});
afterAll(() => server.stop());

/** A board that looks at the changes of one service, which no other test touches. */
const boardFor = async (service: ServiceId) =>
  new TestBoard(server, lead).make({ agenda: agendaOf(service) });
const draft = (service: ServiceId, title: string) => desk.draft({ items: [service], title });

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
      chairs: [lead.person, agent.person],
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
    const taken = await draft(await desk.makeService('Taken'), 'Not a board');
    const fields = board.fields();
    expect(await lead.run('change-board.create', taken, { fields })).toMatchObject(refused('no-such-board'));
  });
});

describe('change boards that two alter at the same time', () => {
  it('[CHG-108] lose nobody whom either added, and of another field the first stands and the other is told', async () => {
    const admin = await server.signIn('admin@desk.test');
    const board = await new TestBoard(server, lead).make({ members: [] });
    const seen = await board.version();
    const edit = (by: TestSession, fields: object) => by.run('change-board.edit', board.id, { fields }, seen);
    expect(await edit(lead, { members: [other.person], itemMinutes: 5 })).toMatchObject(applied);
    expect(await edit(admin, { members: [agent.person] })).toMatchObject(applied);
    expect(await edit(admin, { itemMinutes: 20 })).toMatchObject(
      refused('board-moved', { field: 'itemMinutes', by: lead.person }),
    );
    const { boards } = (await (await agent.call('GET', '/api/change/boards')).json()) as {
      boards: readonly { id: string; members: readonly string[]; itemMinutes: number }[];
    };
    expect(boards.find(({ id }) => id === board.id)).toMatchObject({
      members: [other.person, agent.person],
      itemMinutes: 5,
    });
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
    const far = { board: board.id, at: at + 500 * DAY };
    expect(await lead.run('change-meeting.plan', recordId(ulid()), far)).toMatchObject(
      refused('moment-too-far', { at: far.at }),
    );
    expect(
      await lead.run('change-meeting.plan', recordId(ulid()), { board: board.id, at: 9e15 }),
    ).toMatchObject({ refusal: { code: 'command/malformed', path: 'at' } });
    expect(await board.meeting(id)).toMatchObject({ adHoc: true, endsAt: at + HOUR, state: 'planned' });
    for (const who of [agent, other])
      expect(await desk.told(who, id)).toEqual([
        ['board-item', expect.objectContaining({ what: 'invited', name: 'Advisory board', at })],
      ]);
    expect(await desk.told(lead, id)).toEqual([]);
    const shown = other.open(meetingBoardName(1));
    await shown.synced();
    expect(readMeetingRows(shown.doc).meetings).toContainEqual(rowOfMeeting(await board.meeting(id)));
    await board.act(agent, id, 'call-off', { reason: 'Nothing to look at' });
    await expect
      .poll(() => readMeetingRows(shown.doc).meetings.find((row) => row.id === id)?.state)
      .toBe('called_off');
    shown.destroy();
    expect((await desk.told(other, id)).map(([, detail]) => detail)).toContainEqual(
      expect.objectContaining({ what: 'called-off', reason: 'Nothing to look at' }),
    );
    const again = await board.planned(at);
    expect(again).not.toBe(id);
  });

  it('[CHG-92] [CHG-93] are opened by the first of two chairs with what the filter finds, and the other is told who', async () => {
    const service = await desk.makeService('Relay');
    const board = await boardFor(service);
    const [one, two] = [await draft(service, 'First'), await draft(service, 'Second')];
    await draft(await desk.makeService('Elsewhere'), 'Not of this board');
    const id = await board.planned();
    const { version } = await board.meeting(id);
    const answers = await Promise.all([
      board.act(lead, id, 'open', {}, version),
      board.act(agent, id, 'open', {}, version),
    ]);
    const [chair, late] = answers[0]?.outcome === 'applied' ? [lead, agent] : [agent, lead];
    expect(answers.map(({ outcome }) => outcome).toSorted()).toEqual(['applied', 'refused']);
    expect(answers.find(({ outcome }) => outcome === 'refused')).toMatchObject(
      refused('meeting-moved', { state: 'live', by: chair.person }),
    );
    // whoever came first is not told that somebody else did
    const again = await board.act(chair, id, 'open', {}, version);
    expect(again).toMatchObject(refused('meeting-moved', { state: 'live' }));
    expect(again).not.toHaveProperty('refusal.by');
    const meeting = await board.meeting(id);
    expect(meeting).toMatchObject({ state: 'live', chair: chair.person });
    expect(meeting.agenda.map(({ change }) => change).toSorted()).toEqual([one, two].toSorted());
    expect(await board.act(late, id, 'close')).toMatchObject(
      refused('not-in-chair', { chair: chair.person }),
    );
    expect(await board.act(chair, id, 'close')).toMatchObject(applied);
    expect(await board.act(other, id, 'join')).toMatchObject(refused('meeting-moved', { state: 'closed' }));
  });

  it('[CHG-94] refuse a change that is not there, and args that are none, and do half of nothing', async () => {
    const board = await boardFor(await desk.makeService('Nothing'));
    const id = await board.planned();
    await board.act(lead, id, 'open');
    const { version } = await board.meeting(id);
    const none = ulid();
    const odd: readonly [string, object, object][] = [
      ['add-item', { change: none }, refused('no-such-item', { change: none })],
      ['drop-item', { change: none }, refused('no-such-item')],
      ['show-item', { change: none, from: null }, refused('no-such-item')],
      ['decide-item', { change: none, revision: 1, verdict: 'approved' }, refused('no-such-item')],
      [
        'decide-item',
        { change: none, revision: 1, verdict: 'maybe' },
        { refusal: { code: 'command/malformed' } },
      ],
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

  it('[CHG-104] are read over HTTP with their history and minutes, those that are off the board too', async () => {
    const service = await desk.makeService('Minutes');
    const board = await boardFor(service);
    const change = await draft(service, 'A <b>bold</b> one');
    const id = await board.planned();
    await board.act(lead, id, 'open');
    await board.act(lead, id, 'decide-item', { change, revision: 1, verdict: 'approved', note: 'Fine' });
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

  it('[CHG-104] keep in their minutes what their board and their changes were called at the end', async () => {
    const service = await desk.makeService('Renamed');
    const board = await boardFor(service);
    const decided = await draft(service, 'First as it was');
    const left = await draft(service, 'Second as it was');
    const id = await board.planned();
    await board.act(lead, id, 'open');
    await board.act(lead, id, 'decide-item', { change: decided, revision: 1, verdict: 'approved' });
    await board.act(lead, id, 'close');
    const read = async () => (await agent.call('GET', `/api/change/meetings/${id}/minutes.md`)).text();
    const before = await read();
    expect(before).toContain('# Advisory board');
    for (const title of ['First as it was', 'Second as it was']) expect(before).toContain(title);
    const when = { ...board.fields().when, zone: 'Asia/Tokyo' };
    const fields = { name: 'Another board', when };
    await lead.run('change-board.edit', board.id, { fields }, await board.version());
    for (const change of [decided, left])
      expect(await lead.run('change.edit', change, { fields: { title: 'Another' } }, 1)).toMatchObject(
        applied,
      );
    expect(await read()).toBe(before);
    expect((await board.meeting(id)).heldAs).toEqual({ name: 'Advisory board', zone: 'UTC' });
  });

  it('leave a store that is what its events say', async () => {
    await expect.poll(async () => (await server.store.verify()).findings).toEqual([]);
  });
});
