import { RoomReplay, addEntry, roomFragment, unpackRecording } from '@muster/documents';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { startTestServer } from '../testing.ts';
import type { StockClient, TestServer, TestSession } from '../testing.ts';

let server: TestServer;
let agent: TestSession;
let lead: TestSession;
let other: TestSession;
let requester: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  [agent, lead, other, requester] = await Promise.all([
    server.signIn('agent@desk.test'),
    server.signIn('lead@desk.test'),
    server.signIn('other@desk.test'),
    server.signIn('requester@desk.test'),
  ]);
});
afterAll(() => server.stop());

interface Answer {
  seq: number;
  changedAt: number | null;
  content: { description: { text: string; content: { content?: object[] }[] } };
}

const read = async (session: TestSession, path: string): Promise<Answer> => {
  const answer = await session.call('GET', path);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
};

const firstText = ({ doc }: StockClient): Y.XmlText => {
  const paragraph = roomFragment(doc, 'description').get(0);
  const text = paragraph instanceof Y.XmlElement ? paragraph.get(0) : null;
  if (!(text instanceof Y.XmlText)) throw new Error('the description has no text');
  return text;
};

/** Writes in a room and waits until the server has told everybody. */
async function write(
  client: StockClient,
  reader: StockClient,
  edit: (text: Y.XmlText) => void,
): Promise<void> {
  edit(firstText(client));
  await expect.poll(() => firstText(reader).toString()).toBe(firstText(client).toString());
}

describe('GET /api/records/:id/room', () => {
  it('tells the text of an instant with who wrote and who removed what, and the same as an update', async () => {
    const { id } = await agent.createTicket('incident', { description: 'Mail is down' });
    const [one, two] = [agent.open(`room/${id}`), lead.open(`room/${id}`)];
    await Promise.all([one.synced(), two.synced()]);
    await write(two, one, (text) => text.insert(12, ' again'));
    const between = (await read(agent, `/api/records/${id}/room`)).changedAt ?? 0;
    await expect.poll(() => Date.now()).toBeGreaterThan(between);
    await write(one, two, (text) => text.delete(0, 5));
    const then = await read(agent, `/api/records/${id}/room?at=${new Date(between).toISOString()}`);
    expect(then.content.description.text).toBe('Mail is down again');
    expect(then.content.description.content[0]?.content).toMatchObject([
      { text: 'Mail is down', written: { person: agent.person } },
      { text: ' again', written: { person: lead.person, at: between } },
    ]);
    const since = await read(agent, `/api/records/${id}/room?since=${between}`);
    expect(since.content.description.text).toBe('is down again');
    expect(since.content.description.content[0]?.content).toMatchObject([
      { text: 'Mail ', removed: { person: agent.person } },
      { text: 'is down' },
      { text: ' again' },
    ]);
    const bytes = await fetch(new URL(`/api/records/${id}/room?at=${between}`, server.url), {
      headers: { cookie: agent.cookie, accept: 'application/octet-stream' },
    });
    const doc = new Y.Doc();
    Y.applyUpdate(doc, new Uint8Array(await bytes.arrayBuffer()));
    expect(roomFragment(doc, 'description').toString()).toContain('Mail is down again');
    const changes = await agent.call('GET', `/api/records/${id}/room/changes`);
    const { sittings, next } = (await changes.json()) as {
      sittings: { person: string; updates: number }[];
      next: null;
    };
    expect(next).toBeNull();
    // how long this took decides whether what was made and what was removed are one sitting
    const updatesOf = (person: string) =>
      sittings.filter((one) => one.person === person).map(({ updates }) => updates);
    expect(sittings[0]?.person).toBe(agent.person);
    expect(updatesOf(lead.person)).toEqual([1]);
    expect(updatesOf(agent.person).reduce((sum, one) => sum + one, 0)).toBe(2);
    expect(new Set(sittings.map(({ person }) => person)).size).toBe(2);
  });

  it('tells a room that nobody opened as its record was made, and nothing from before that', async () => {
    const { id } = await agent.createTicket('desk', { description: 'A chair\nthat turns' });
    const now = await read(agent, `/api/records/${id}/room`);
    expect(now.content.description.text).toBe('A chair\nthat turns');
    expect(now).toMatchObject({ seq: 1 });
    const before = await read(agent, `/api/records/${id}/room?at=${(now.changedAt ?? 0) - 1}`);
    expect(before).toMatchObject({
      seq: 0,
      changedAt: null,
      content: { description: { text: '', content: [] } },
    });
  });

  it('[INC-115] answers alike for a requester, for a record of another team, and for none', async () => {
    const restrictedTo = server.teams.get('Desk');
    const { id } = await agent.createTicket('desk', { restrictedTo, requester: requester.person });
    for (const path of ['room', 'room?at=1', 'room/changes', 'room/recording']) {
      const bodies = await Promise.all(
        [
          [requester, id],
          [other, id],
          [other, ulid()],
        ].map(async ([session, record]) => {
          const answer = await (session as TestSession).call('GET', `/api/records/${String(record)}/${path}`);
          return [answer.status, await answer.text()];
        }),
      );
      expect(bodies[0]?.[0]).toBe(404);
      expect(bodies).toEqual([bodies[0], bodies[0], bodies[0]]);
    }
  });

  it('[INC-113] gives the recording of a room, which shows it at any instant', async () => {
    const { id } = await agent.createTicket('incident');
    const one = agent.open(`room/${id}`);
    await one.synced();
    const times: number[] = [];
    for (const text of ['first', 'second']) {
      await expect.poll(() => Date.now() - (times.at(-1) ?? 0)).toBeGreaterThan(1_100);
      const at = Date.now();
      const head = {
        id: ulid(at),
        at,
        writtenAt: at,
        by: agent.person,
        kind: 'action',
        source: null,
      } as const;
      addEntry(one.doc, { ...head, text });
      await expect
        .poll(async () => (await read(agent, `/api/records/${id}/room`)).changedAt ?? 0)
        .toBeGreaterThanOrEqual(at);
      times.push((await read(agent, `/api/records/${id}/room`)).changedAt ?? 0);
    }
    const answer = await agent.call('GET', `/api/records/${id}/room/recording`);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    const recording = unpackRecording(new Uint8Array(await answer.arrayBuffer()));
    if (recording === null) throw new Error('no recording');
    const replay = new RoomReplay(recording);
    const at = (instant: number) => replay.show(replay.placeAt(instant)).entries.map(({ text }) => text);
    const [first = 0, second = 0] = times;
    expect([at(first - 1), at(first), at(second - 1), at(second)]).toEqual([
      [],
      ['first'],
      ['first'],
      ['first', 'second'],
    ]);
  });

  it('says what is wrong with an instant', async () => {
    const { id } = await agent.createTicket('desk');
    const answer = await agent.call('GET', `/api/records/${id}/room?at=yesterday`);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'invalid-request', faults: [{ where: 'query.at' }] });
  });
});
