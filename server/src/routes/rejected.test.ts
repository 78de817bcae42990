import { roomName } from '@muster/documents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as Y from 'yjs';
import { sweepRejected } from '../store/query/index.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

let server: TestServer;
let agent: TestSession;
let other: TestSession;
let room: string;

beforeAll(async () => {
  server = await startTestServer();
  [agent, other] = await Promise.all([server.signIn('agent@desk.test'), server.signIn('other@desk.test')]);
  room = roomName((await agent.createTicket('desk')).id);
});
afterAll(() => server.stop());

interface Listed {
  readonly rejected: readonly { readonly id: number; readonly text: string; readonly code: string }[];
  readonly next: number | null;
}

const list = async (session: TestSession, query = ''): Promise<Listed> => {
  const answer = await session.call('GET', `/api/me/rejected${query}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Listed;
};

/** What a client wrote, refused for the reason given. */
async function refuse(session: TestSession, words: string, code = 'pending'): Promise<Uint8Array> {
  const doc = new Y.Doc();
  doc.getArray('timeline').push([words]);
  const update = Y.encodeStateAsUpdate(doc);
  await server.store.documents.keepRejected(room, session.person, update, code);
  return update;
}

describe('GET /api/me/rejected', () => {
  it('[SYN-48] tells of a write that the guard refused when, where, why, and its words', async () => {
    const client = agent.open(room);
    await client.synced();
    client.doc.getMap('nowhere').set('words', 'Call the provider back');
    await expect.poll(() => client.closes.map(({ code }) => code)).toContain(4409);
    await expect
      .poll(async () => (await list(agent)).rejected)
      .toMatchObject([
        {
          document: room,
          code: 'foreign-root',
          text: 'Call the provider back',
          size: expect.any(Number) as number,
          at: expect.any(Number) as number,
        },
      ]);
  });

  it('[SYN-48] shows nobody what is another’s, as words or as bytes', async () => {
    const update = await refuse(agent, 'mine alone');
    const [first] = (await list(agent)).rejected;
    expect(first).toMatchObject({ text: 'mine alone', code: 'pending' });
    expect(await list(other)).toEqual({ rejected: [], next: null });
    const path = `/api/me/rejected/${first?.id ?? 0}`;
    const bytes = await agent.call('GET', path);
    expect(bytes.headers.get('content-type')).toBe('application/octet-stream');
    expect(new Uint8Array(await bytes.arrayBuffer())).toEqual(update);
    const [foreign, nothing] = await Promise.all([
      other.call('GET', path),
      other.call('GET', '/api/me/rejected/999999'),
    ]);
    expect([foreign.status, await foreign.text()]).toEqual([404, await nothing.text()]);
    expect((await server.call('GET', path)).status).toBe(401);
    expect((await server.call('GET', '/api/me/rejected')).status).toBe(401);
  });

  it('[SYN-48] goes on page by page, and says what it does not take', async () => {
    for (const words of ['one', 'two', 'three']) await refuse(other, words);
    const first = await list(other, '?limit=2');
    expect(first.rejected.map(({ text }) => text)).toEqual(['three', 'two']);
    const then = await list(other, `?limit=2&cursor=${first.next}`);
    expect([then.rejected.map(({ text }) => text), then.next]).toEqual([['one'], null]);
    expect((await other.call('GET', '/api/me/rejected?limit=0')).status).toBe(400);
    expect((await other.call('GET', '/api/me/rejected/x')).status).toBe(400);
  });

  it('[SYN-48] holds nothing from before the time that it is kept', async () => {
    await refuse(other, 'old');
    await sweepRejected(server.store.writer, Date.now() - 60_000);
    expect((await list(other)).rejected.map(({ text }) => text)).toContain('old');
    await sweepRejected(server.store.writer, Date.now() + 1);
    expect((await list(other)).rejected).toEqual([]);
  });
});

describe('DELETE /api/me/rejected/:id', () => {
  it('[DSK-210] lets its author alone let go of one', async () => {
    await refuse(other, 'Not for others');
    const [kept] = (await list(other)).rejected;
    const path = `/api/me/rejected/${kept?.id}`;
    expect((await agent.call('DELETE', path)).status).toBe(404);
    expect((await list(other)).rejected).toContainEqual(kept);
    expect((await other.call('DELETE', path)).status).toBe(204);
    expect((await list(other)).rejected).not.toContainEqual(kept);
    expect((await other.call('DELETE', path)).status).toBe(404);
  });
});
