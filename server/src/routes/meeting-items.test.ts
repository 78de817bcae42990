import { journalName, meetingName, roomFragment, roomName } from '@muster/documents';
import { readMeeting, readPlainEvents } from '@muster/documents/meeting';
import { contentOf } from '@muster/domain/change';
import type { ChangeState, MeetingEvent } from '@muster/domain/change';
import { personId } from '@muster/domain/shared';
import type { RecordId, ServiceId } from '@muster/domain/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { TestServer, TestSession } from '../testing.ts';
import { CALM, applied, paragraph, refused, startTestChanges } from './test-changes.ts';
import type { TestChanges } from './test-changes.ts';
import { TestBoard, agendaOf } from './test-meetings.ts';

let desk: TestChanges;
let server: TestServer;
let admin: TestSession;
let lead: TestSession;
let agent: TestSession;
let other: TestSession;
let requester: TestSession;
beforeAll(async () => {
  desk = await startTestChanges();
  ({ server } = desk);
  ({ admin, lead, agent, other, requester } = desk.people);
});
afterAll(() => server.stop());

/** A board that looks at the changes of one service, which no other test touches. */
const boardFor = async (service: ServiceId, states?: readonly ChangeState[]) =>
  new TestBoard(server, lead).make({ agenda: agendaOf(service, states) });
const draft = (service: ServiceId, title: string) => desk.draft({ items: [service], title });

/** One that waits for the board: with a plan, assessed, and approved by its lead. */
async function authorizing(service: ServiceId, title: string): Promise<RecordId> {
  const change = await draft(service, title);
  (await desk.write(agent, roomName(change), 'implementation', 'Swap')).destroy();
  await expect
    .poll(async () => (await desk.act(agent, change, 'step', { to: 'assess' })).outcome)
    .toBe('applied');
  expect(await desk.act(agent, change, 'assess', { input: CALM })).toMatchObject(applied);
  const vote = { vote: 'approved', read: contentOf(await desk.present(change)) };
  expect(await desk.act(lead, change, 'vote', vote)).toMatchObject(applied);
  expect(await desk.act(agent, change, 'step', { to: 'authorize' })).toMatchObject(applied);
  return change;
}

describe('items and notes of meetings', () => {
  it('[CHG-95] show one item to everybody, also to whoever comes in by the document, as it is after each act', async () => {
    const service = await desk.makeService('Switch');
    const board = await boardFor(service);
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
    await board.act(lead, id, 'decide-item', { change: one, revision: 1, verdict: 'approved', next: two });
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
    const service = await desk.makeService('Core');
    const board = await boardFor(service, ['authorize']);
    const change = await authorizing(service, 'New core');
    const id = await board.planned();
    await board.act(lead, id, 'open');
    expect((await board.meeting(id)).agenda.map((item) => item.change)).toEqual([change]);
    const vote = { vote: 'approved', read: contentOf(await desk.present(change)), note: 'Go' };
    expect(await desk.act(admin, change, 'vote', vote)).toMatchObject(applied);
    const { revision } = await desk.present(change);
    const before = { change, revision: revision - 1, verdict: 'approved' };
    expect(await board.act(lead, id, 'decide-item', before)).toMatchObject(
      refused('item-revised', { read: revision - 1, revision, state: 'authorize' }),
    );
    expect(await board.act(lead, id, 'decide-item', { change, revision, verdict: 'rejected' })).toMatchObject(
      refused('votes-differ', { votes: 'approved' }),
    );
    expect(await board.act(lead, id, 'decide-item', { change, revision, verdict: 'approved' })).toMatchObject(
      applied,
    );
    const { agenda } = await board.meeting(id);
    expect(agenda[0]?.decision).toMatchObject({ verdict: 'approved', state: 'authorize', by: lead.person });
    expect(agenda[0]?.decision?.votes).toContainEqual({
      ...{ person: admin.person, vote: 'approved', note: 'Go' },
    });
    expect(await desk.act(agent, change, 'cancel', { reason: 'Not needed' })).toMatchObject(applied);
    expect((await board.meeting(id)).agenda).toEqual(agenda);
  });

  it('[CHG-97] count no vote on a plan that was written in the same moment', async () => {
    const service = await desk.makeService('Backup');
    const board = await boardFor(service, ['authorize']);
    const change = await authorizing(service, 'New backup');
    const id = await board.planned();
    await board.act(lead, id, 'open');
    const vote = { vote: 'approved', read: contentOf(await desk.present(change)) };
    expect(await desk.act(admin, change, 'vote', vote)).toMatchObject(applied);
    const { revision } = await desk.present(change);
    (await desk.write(agent, roomName(change), 'implementation', 'Swap the tape')).destroy();
    // the room is looked at before, and those who voted had not read it
    expect(await board.act(lead, id, 'decide-item', { change, revision, verdict: 'approved' })).toMatchObject(
      refused('item-revised', { read: revision }),
    );
    expect((await board.meeting(id)).agenda[0]?.decision).toBeNull();
  });

  it('[CHG-98] take over what the last meeting left, and nothing that it decided after another had left it', async () => {
    const service = await desk.makeService('Proxy');
    const board = await boardFor(service);
    const change = await draft(service, 'In the end');
    const [one, two, three] = [await board.planned(), await board.planned(), await board.planned()];
    const decided = { change, revision: 1, verdict: 'approved' };
    await board.act(lead, one, 'open');
    await board.act(lead, one, 'close');
    await board.act(lead, two, 'open');
    expect((await board.meeting(two)).agenda).toMatchObject([{ change, takenOver: true }]);
    expect(await board.act(lead, two, 'decide-item', decided)).toMatchObject(applied);
    await board.act(lead, two, 'close');
    await board.act(lead, three, 'open');
    expect((await board.meeting(three)).agenda).toMatchObject([{ change, takenOver: false }]);
  });

  it('[CHG-98] take what was put off over to the next, before what is new, and tell whose change it is', async () => {
    const service = await desk.makeService('Wiki');
    const board = await boardFor(service);
    const change = await draft(service, 'Later');
    const id = await board.planned();
    await board.act(lead, id, 'open');
    expect(
      await board.act(lead, id, 'decide-item', { change, revision: 1, verdict: 'deferred' }),
    ).toMatchObject(refused('defer-note'));
    await board.act(lead, id, 'decide-item', {
      change,
      revision: 1,
      verdict: 'deferred',
      note: 'No plan yet',
    });
    expect(await desk.told(agent, id)).toContainEqual([
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

  it('[CHG-105] have notes that who is invited writes, until it is over; who had them open reads on', async () => {
    const board = await boardFor(await desk.makeService('Notes'));
    const id = await board.planned();
    await board.act(lead, id, 'open');
    const room = roomName(id);
    const seat = await desk.write(other, room, 'notes', 'We met');
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
    const words = paragraph('and changed our minds');
    roomFragment(late.doc, 'notes').push([words]);
    roomFragment(seat.doc, 'notes').push([words.clone()]);
    const none = await requester.open(room).closed();
    expect(none).toMatchObject({ code: 4403 });
    await late.closed();
    expect((await server.store.documents.load(room))?.headSeq).toBe(head);
    seat.destroy();
    late.destroy();
  });

  it('[CHG-105] have notes that nothing joins once it is over, of what was on its way neither; its words are set aside', async () => {
    const board = await boardFor(await desk.makeService('Late notes'));
    const id = await board.planned();
    await board.act(lead, id, 'open');
    const room = roomName(id);
    const seat = await desk.write(other, room, 'notes', 'We met');
    await expect.poll(async () => (await server.store.documents.load(room))?.headSeq).toBe(1);
    await board.act(lead, id, 'close');
    // as from a socket that does not know of the closing yet
    const late = new Y.Doc();
    roomFragment(late, 'notes').push([paragraph('and changed our minds')]);
    const request = {
      ...{ name: room, person: personId(other.person), session: 's', clientIds: [late.clientID] },
      update: Y.encodeStateAsUpdate(late),
    };
    expect(await server.store.documents.append(request)).toEqual({ ok: false, code: 'locked' });
    expect((await server.store.documents.load(room))?.headSeq).toBe(1);
    const { rejected } = (await (await other.call('GET', '/api/me/rejected')).json()) as {
      rejected: readonly { readonly document: string }[];
    };
    expect(rejected.filter(({ document }) => document === room)).toMatchObject([
      { code: 'locked', text: 'and changed our minds' },
    ]);
    seat.destroy();
  });

  it('leave a store that is what its events say', async () => {
    await expect.poll(async () => (await server.store.verify()).findings).toEqual([]);
  });
});
