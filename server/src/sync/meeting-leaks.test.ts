/** Every way in to boards and meetings, tried by somebody who may not read changes: as if there were none. */
import { journalName, meetingBoardName, meetingName, roomName } from '@muster/documents';
import type { RecordId } from '@muster/domain/shared';
import { CLOSE } from '@muster/sync';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BOARD_ARGS, MEETING_ARGS } from '../commands/schema/meetings.ts';
import { TestBoard } from '../routes/test-meetings.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const NAME = 'Glockenspiel';

let server: TestServer;
let agent: TestSession;
let stranger: TestSession;
let board: TestBoard;
let meeting: RecordId;

beforeAll(async () => {
  server = await startTestServer();
  agent = await server.signIn('agent@desk.test');
  stranger = await server.signIn('requester@desk.test');
  board = await new TestBoard(server, await server.signIn('lead@desk.test')).make({ name: NAME });
  meeting = await board.planned();
});
afterAll(() => server.stop());

/** What is said about an id, with the id taken out. */
const about = (one: string, text: string): string => text.replaceAll(one, 'ID');

const REQUESTS: Readonly<Record<string, (id: string) => string>> = {
  'one meeting': (one) => `/api/change/meetings/${one}`,
  'its minutes': (one) => `/api/change/meetings/${one}/minutes.md`,
  'one change': (one) => `/api/changes/${one}`,
  'one record': (one) => `/api/records/${one}`,
  'its room': (one) => `/api/records/${one}/room`,
  'the sittings in its room': (one) => `/api/records/${one}/room/changes`,
  'whom its news told': (one) => `/api/records/${one}/told`,
  'a search for its id': (one) => `/api/search?q=${one}`,
};

describe('whoever may not read changes', () => {
  it.each(Object.entries(REQUESTS))('[CHG-101] gets by %s what they get for none', async (_what, path) => {
    for (const there of [meeting, board.id]) {
      const none = ulid();
      const [one, other] = [await stranger.call('GET', path(there)), await stranger.call('GET', path(none))];
      expect([one.status, about(there, await one.text())]).toEqual([
        other.status,
        about(none, await other.text()),
      ]);
    }
  });

  it('[CHG-101] finds none by its name, in no list and at no documented address', async () => {
    const described = (await (await server.call('GET', '/api/openapi.json')).json()) as {
      paths: Record<string, { get?: object }>;
    };
    const read = Object.entries(described.paths).flatMap(([path, { get }]) =>
      get === undefined || path.includes('{') ? [] : [path],
    );
    expect(read).toEqual(expect.arrayContaining(['/api/change/boards', '/api/change/meetings']));
    for (const path of [`/api/search?q=${NAME}`, ...read]) {
      const text = await (await stranger.call('GET', path)).text();
      for (const word of [NAME, board.id, meeting, 'board/meeting']) expect(text).not.toContain(word);
    }
    expect(await (await agent.call('GET', '/api/documents')).text()).toContain(meetingBoardName(1));
  });

  it.each([
    ...Object.keys(BOARD_ARGS).map((verb) => `change-board.${verb}`),
    ...Object.keys(MEETING_ARGS).map((verb) => `change-meeting.${verb}`),
  ])('[CHG-101] is answered to %s on one as on none, well-formed or not', async (type) => {
    const isBoard = type.startsWith('change-board.');
    const there = isBoard ? board.id : meeting;
    for (const args of [{ nonsense: 1 }, {}, { reason: 'x' }, { change: ulid() }]) {
      const none = ulid();
      const said = async (at: string) =>
        about(at, JSON.stringify({ ...(await stranger.run(type, at, args, 1)), id: null }));
      const answer = await said(there);
      expect(answer).toBe(await said(none));
      expect(answer).toContain(isBoard ? 'change/no-such-board' : 'change/no-such-meeting');
    }
  });

  it('[CHG-101] opens no document of theirs', async () => {
    const names = [
      meetingBoardName(1),
      meetingName(meeting),
      journalName(meeting),
      roomName(meeting),
      journalName(board.id),
    ];
    for (const name of names) {
      const client = stranger.open(name);
      expect(await client.closed()).toMatchObject({ code: CLOSE.forbidden });
      client.destroy();
    }
  });

  it('[CHG-101] is told of none, and is in no board', async () => {
    const members = [server.account('requester@desk.test').id];
    const lead = await server.signIn('lead@desk.test');
    const version = await board.version();
    expect(await lead.run('change-board.edit', board.id, { fields: { members } }, version)).toMatchObject({
      refusal: { code: 'change/board-field', field: 'person' },
    });
  });
});
