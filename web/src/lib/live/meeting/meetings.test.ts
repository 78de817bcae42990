import { meetingName } from '@muster/documents';
import { NO_CHANGE_RULES, writeChangeRules } from '@muster/documents/change';
import { rowOfMeeting, seedMeetingBoard, writeMeeting, writeMeetingRow } from '@muster/documents/meeting';
import { DEFAULT_AGENDA, decideMeeting, evolveMeeting } from '@muster/domain/change';
import { servicesAlone } from '@muster/domain/testing/changes';
import type { BoardFields, Change, Meeting, MeetingAct, MeetingBoard } from '@muster/domain/change';
import { DEFAULT_MATRIX, permissionsOf, personId, recordId } from '@muster/domain/shared';
import type { Actor, CommandEnvelope, Directory, PersonId, RecordId, Role } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import type { PendingCommand } from '../../connection/pending-command.ts';
import { Meetings } from './meetings.ts';
import type { MeetingsOptions } from './meetings.ts';

const NOW = Date.parse('2026-06-01T09:00:00Z');
const [ANA, BEN] = [personId('ana'), personId('ben')];
const BOARD = recordId('01B00000000000000000000001');
const FIRST = recordId('01M00000000000000000000001');
const SECOND = recordId('01M00000000000000000000002');
const [ONE, TWO, THREE] = ['1', '2', '3'].map((end) => recordId(`01C0000000000000000000000${end}`)) as [
  RecordId,
  RecordId,
  RecordId,
];

const FIELDS: BoardFields = {
  name: 'Weekly board',
  when: { zone: 'UTC', begins: '2026-06-01T09:00', ends: '2026-06-01T10:00', repeats: null },
  ...{ itemMinutes: 10, chairs: [ANA, BEN], members: [], agenda: DEFAULT_AGENDA },
};

const person = (id: PersonId) => ({ id, name: id, active: true, roles: ['agent'] });

const DIRECTORY = {
  ...{ people: new Map([ANA, BEN].map((id) => [id, person(id)])), teams: new Map(), services: new Map() },
  ...{ categories: [], matrix: DEFAULT_MATRIX, calendars: new Map(), agreements: [], majorRules: [] },
  ...{ runbooks: new Map(), schedules: new Map(), chains: new Map() },
} as unknown as Directory;

describe('meetings on a device', () => {
  it('[CHG-92] show an own opening without a network, with the agenda that the rules make', () => {
    const { meetings, server, commands } = device();
    server(ANA, FIRST, { verb: 'plan', board: BOARD, at: NOW });
    const open = meetings.open(FIRST);
    meetings.run(FIRST, { verb: 'open' });
    expect(open.meeting).toMatchObject({ state: 'live', chair: ANA, current: null });
    expect(open.meeting?.agenda.map(({ change }) => change)).toEqual([ONE, TWO]);
    expect([open.pending, meetings.get(FIRST)?.pending, meetings.get(FIRST)?.items]).toEqual([1, 1, 2]);
    expect(commands.map(({ envelope }) => envelope.type)).toEqual(['change-meeting.open']);
  });

  it('[CHG-95] fold an own step on what stands, and drop it where somebody else had moved on', () => {
    const { meetings, server } = device();
    server(ANA, FIRST, { verb: 'plan', board: BOARD, at: NOW });
    server(ANA, FIRST, { verb: 'open' });
    const open = meetings.open(FIRST);
    meetings.run(FIRST, { verb: 'show-item', change: ONE, from: null });
    expect(open.meeting?.current).toBe(ONE);
    server(BEN, FIRST, { verb: 'take-chair', from: ANA });
    server(BEN, FIRST, { verb: 'show-item', change: TWO, from: null });
    expect(open.meeting?.current).toBe(TWO);
    expect(open.pending).toBe(1);
  });

  it('refuse at once what the rules refuse here, and send nothing', async () => {
    const { meetings, server, commands } = device();
    server(ANA, FIRST, { verb: 'plan', board: BOARD, at: NOW });
    const sent = meetings.run(FIRST, { verb: 'join' });
    expect(await sent.kept).toMatchObject({ outcome: 'refused', refusal: { code: 'change/meeting-moved' } });
    expect(commands).toEqual([]);
  });

  it('leave the no to the server as long as the changes have not arrived, for it may know more of them', () => {
    const { meetings, server, commands, arrived } = device();
    server(ANA, FIRST, { verb: 'plan', board: BOARD, at: NOW });
    server(ANA, FIRST, { verb: 'open' });
    meetings.open(FIRST);
    const unknown = { verb: 'add-item', change: recordId('01C00000000000000000000009') } as const;
    meetings.run(FIRST, unknown);
    expect(commands).toEqual([]);
    arrived.changes = false;
    meetings.run(FIRST, unknown);
    expect(commands).toHaveLength(1);
  });

  it('let go of an act that was answered when its meeting arrives, though its row came before', () => {
    const { meetings, server, answer, showRow, showWhole, commands } = device();
    server(ANA, FIRST, { verb: 'plan', board: BOARD, at: NOW });
    server(ANA, FIRST, { verb: 'open' });
    const open = meetings.open(FIRST);
    meetings.run(FIRST, { verb: 'show-item', change: ONE, from: null });
    server(ANA, FIRST, { verb: 'show-item', change: ONE, from: null }, 'nothing');
    answer();
    showRow(FIRST);
    expect(commands).toHaveLength(1);
    expect(open.meeting?.current).toBe(ONE);
    showWhole(FIRST);
    expect(commands).toEqual([]);
    expect(open.meeting?.current).toBe(ONE);
  });

  it('read again what was opened before the server had it, once it is on the board', () => {
    const { meetings, server, retried } = device();
    meetings.run(FIRST, { verb: 'plan', board: BOARD, at: NOW });
    expect(retried.at(-1)).toEqual([]);
    server(ANA, FIRST, { verb: 'plan', board: BOARD, at: NOW });
    expect(retried.at(-1)).toEqual([FIRST]);
  });

  it('[CHG-98] hold the last that was closed, and say what the next takes over from it', () => {
    const { meetings, server, opened } = device();
    server(ANA, FIRST, { verb: 'plan', board: BOARD, at: NOW });
    server(ANA, FIRST, { verb: 'open' });
    server(ANA, FIRST, { verb: 'decide-item', change: ONE, revision: 1, verdict: 'approved' });
    server(ANA, FIRST, {
      verb: 'decide-item',
      change: TWO,
      revision: 1,
      verdict: 'deferred',
      note: 'No plan',
    });
    server(ANA, FIRST, { verb: 'add-item', change: THREE });
    server(ANA, FIRST, { verb: 'close' });
    expect(opened()).toEqual([meetingName(FIRST)]);
    const [board] = meetings.boards;
    expect(meetings.agendaOf(board!)).toEqual([
      { change: TWO, takenOver: true, addedBy: null },
      { change: THREE, takenOver: true, addedBy: ANA },
      { change: ONE, takenOver: false, addedBy: null },
    ]);
    server(ANA, SECOND, { verb: 'plan', board: BOARD, at: NOW + 1 });
    server(ANA, SECOND, { verb: 'open' });
    server(ANA, SECOND, { verb: 'close' });
    expect(opened()).toEqual([meetingName(SECOND)]);
  });

  it('say of a change whether it is before a board that meets now, and whether everybody looks at it', () => {
    const { meetings, server } = device();
    server(ANA, FIRST, { verb: 'plan', board: BOARD, at: NOW });
    expect(meetings.before(ONE)).toBeUndefined();
    server(ANA, FIRST, { verb: 'open' });
    server(ANA, FIRST, { verb: 'show-item', change: ONE, from: null });
    expect(meetings.before(ONE)).toEqual({ meeting: FIRST, isCurrent: true });
    expect(meetings.before(TWO)).toEqual({ meeting: FIRST, isCurrent: false });
    server(ANA, FIRST, { verb: 'decide-item', change: ONE, revision: 1, verdict: 'approved' });
    expect(meetings.before(ONE)).toBeUndefined();
  });

  it('[CHG-108] tell at once who altered the same field of a board, as far as that is known here', async () => {
    const { meetings, commands } = device('team-lead');
    const fields = { itemMinutes: 10 };
    const event = { type: 'edited', fields, before: { itemMinutes: 15 } } as const;
    const theirs = { seq: 2, version: 2, event, actor: BEN, at: NOW, clientAt: NOW };
    const edit = { verb: 'edit', fields: { itemMinutes: 5 } } as const;
    const sent = meetings.runBoard(BOARD, edit, 1, [theirs]);
    expect(await sent.kept).toMatchObject({ refusal: { code: 'change/board-moved', by: BEN } });
    expect(commands).toEqual([]);
    meetings.runBoard(BOARD, edit, 2);
    expect(commands).toHaveLength(1);
  });

  it('[CHG-90] fold own acts on boards, for whoever manages changes', async () => {
    const { meetings } = device('team-lead');
    const made = recordId('01B00000000000000000000002');
    meetings.runBoard(made, { verb: 'create', fields: { ...FIELDS, name: 'A board at night' } });
    meetings.runBoard(BOARD, { verb: 'retire' });
    expect(meetings.boards).toMatchObject([
      { id: made, name: 'A board at night', pending: 1 },
      { id: BOARD, retired: true, pending: 1 },
    ]);
    const odd = meetings.runBoard(made, { verb: 'edit', fields: { chairs: [] } });
    expect(await odd.kept).toMatchObject({ refusal: { code: 'change/board-field', field: 'chairs' } });
    const other = device('agent').meetings.runBoard(BOARD, { verb: 'retire' });
    expect(await other.kept).toMatchObject({ refusal: { code: 'change/board-not-permitted' } });
  });
});

/** A device of Ana's with one board, an outbox that nobody empties, and a server that acts as told. */
function device(role: Role = 'agent') {
  const list = new Y.Doc();
  seedMeetingBoard(list);
  const rules = new Y.Doc();
  const board: MeetingBoard = { ...FIELDS, id: BOARD, version: 1, retired: false, updatedAt: NOW };
  writeChangeRules(rules, { ...NO_CHANGE_RULES, boards: new Map([[BOARD, board]]) });
  const wholes = new Map<string, Y.Doc>();
  const states = new Map<RecordId, Meeting>();
  const held = new Map<string, number>();
  const commands: PendingCommand[] = [];
  const listeners = new Set<() => void>();
  const retried: (readonly RecordId[])[] = [];
  const changes = new Map([ONE, TWO, THREE].map((id) => [id, aChange(id)]));
  const arrived = { changes: true };
  const tell = () => listeners.forEach((listener) => listener());
  const docOf = (name: string) => wholes.get(name) ?? wholes.set(name, new Y.Doc()).get(name)!;
  const handle = (name: string, doc: Y.Doc) => ({
    ...{ name, current: { doc, loaded: true }, onChange: () => () => undefined },
    release: () => held.set(name, (held.get(name) ?? 0) - 1),
  });
  const actorOf = (id: PersonId): Actor => ({ id, name: id, permissions: permissionsOf([role]), teams: [] });
  const showRow = (id: RecordId) => writeMeetingRow(list, rowOfMeeting(states.get(id)!));
  const showWhole = (id: RecordId) => writeMeeting(docOf(meetingName(id)), states.get(id)!);

  /** What the server does; everything of it arrives, or nothing yet. */
  function server(who: PersonId, id: RecordId, act: MeetingAct, arrives: 'all' | 'nothing' = 'all'): void {
    const answer = decideMeeting(states.get(id) ?? null, act, {
      ...{ actor: actorOf(who), now: NOW, target: id, directory: DIRECTORY, since: [] },
      facts: {
        boards: new Map([[BOARD, board]]),
        meetings: [...states.values()],
        changeOf: (change) => changes.get(change),
        changes: () => [changes.get(ONE)!, changes.get(TWO)!],
        matched: () => ({ services: [], classes: [], items: 0 }) as never,
      },
    });
    if (!answer.ok) throw new Error(JSON.stringify(answer.refusal));
    for (const event of answer.value.events)
      states.set(id, evolveMeeting(states.get(id) ?? null, event, { actor: who, at: NOW + states.size }, id));
    if (arrives === 'nothing') return;
    showRow(id);
    showWhole(id);
  }

  const options = {
    actor: actorOf(ANA),
    shelf: {
      open: (name: string) => {
        held.set(name, (held.get(name) ?? 0) + 1);
        return handle(name, docOf(name));
      },
      retryForbidden: (isThere: (id: RecordId) => boolean) => retried.push([FIRST, SECOND].filter(isThere)),
    },
    outbox: {
      get commands() {
        return [...commands];
      },
      submit: (envelope: CommandEnvelope) => {
        commands.push({ id: envelope.id, envelope, kept: true, applied: null, again: false });
        tell();
        return { kept: Promise.resolve('kept' as const), settled: new Promise<never>(() => undefined) };
      },
      finish: (ids: readonly string[]) => {
        const left = commands.filter(({ id }) => !ids.includes(id));
        commands.splice(0, commands.length, ...left);
        tell();
      },
      onChange: (listener: () => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      onAnswered: () => () => undefined,
    },
    directory: () => DIRECTORY,
    knowsOrganisation: () => true,
    changes: () => ({
      get: (id: RecordId) => changes.get(id),
      all: [changes.get(ONE)!, changes.get(TWO)!],
      loaded: arrived.changes,
      facts: () => ({ dependencies: servicesAlone(DIRECTORY.services) }),
    }),
    ...{ now: () => NOW, deviceNow: () => NOW, isLive: () => true },
  } as unknown as MeetingsOptions;
  const meetings = new Meetings(options);
  type Followed = Parameters<Meetings['follow']>;
  meetings.follow(
    handle('board/meeting@1', list) as unknown as Followed[0],
    handle('rules/change', rules) as unknown as Followed[1],
  );
  return {
    ...{ meetings, commands, server, showRow, showWhole, retried, arrived },
    /** The meetings that somebody holds. */
    opened: () => [...held].flatMap(([name, many]) => (many > 0 ? [name] : [])),
    /** The server answers the oldest act that waits. */
    answer() {
      const [first, ...rest] = commands.splice(0);
      if (first === undefined) throw new Error('nothing waits');
      const { version } = states.get(first.envelope.target)!;
      commands.push({ ...first, applied: { version, number: null, at: NOW } }, ...rest);
      tell();
    },
  };
}

/** As much of a change as an agenda looks at. */
function aChange(id: RecordId): Change {
  const votes = { requirements: [], approvals: [], risk: null, outage: false, begins: null };
  return {
    id,
    ...{ title: 'A change', number: null },
    ...{ state: 'authorize', model: 'normal', items: [], revision: 1, owner: null, madeBy: BEN },
    ...votes,
  } as unknown as Change;
}
