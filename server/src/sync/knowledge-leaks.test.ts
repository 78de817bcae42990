/** Every way in to drafts and to what is for the staff alone, tried by a requester: as if there were none. */
import { articleName, helpBoardName, journalName, knowledgeBoardName, roomName } from '@muster/documents';
import type { RecordId } from '@muster/domain/shared';
import { CLOSE } from '@muster/sync';
import { ulid } from 'ulid';
import * as Y from 'yjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestKnowledge } from '../routes/test-knowledge.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const NAME = 'Glockenspiel';

let server: TestServer;
let stranger: TestSession;
let all: TestKnowledge;
/** A draft, one for the staff, one for everybody with a draft beside it, and one that was for everybody. */
let hidden: readonly RecordId[];
let shown: RecordId;
let gone: RecordId;

beforeAll(async () => {
  server = await startTestServer();
  stranger = await server.signIn('requester@desk.test');
  const lead = await server.signIn('lead@desk.test');
  const agent = await server.signIn('agent@desk.test');
  all = new TestKnowledge(server, agent, lead);
  const draft = await all.make({ title: `${NAME} draft`, audience: 'everybody' });
  const staff = await all.published({ title: `${NAME} staff` }, `${NAME} text`);
  shown = await all.published({ title: 'For everybody', audience: 'everybody' }, 'Public words');
  await all.act(agent, shown, 'edit', { fields: { title: `${NAME} next`, cause: NAME } });
  await all.write(shown, `${NAME} in the next text`);
  gone = await all.published({ title: `${NAME} gone`, audience: 'everybody' }, `${NAME} gone text`);
  await all.act(lead, gone, 'retire', { reason: 'Wrong' });
  hidden = [draft, staff, gone];
});
afterAll(() => server.stop());

const about = (one: string, text: string): string => text.replaceAll(one, 'ID');

const REQUESTS: Readonly<Record<string, (id: string) => string>> = {
  'one known error': (one) => `/api/known-errors/${one}`,
  'its versions': (one) => `/api/known-errors/${one}/versions`,
  'a version as Markdown': (one) => `/api/known-errors/${one}/versions/1/text.md`,
  'one record': (one) => `/api/records/${one}`,
  'its room': (one) => `/api/records/${one}/room`,
  'whom its news told': (one) => `/api/records/${one}/told`,
  'a search for its id': (one) => `/api/search?q=${one}`,
};

describe('whoever is not of the staff', () => {
  it.each(Object.entries(REQUESTS))('[PRB-61] gets by %s what they get for none', async (_what, path) => {
    for (const there of [...hidden, shown]) {
      const none = ulid();
      const [one, other] = [await stranger.call('GET', path(there)), await stranger.call('GET', path(none))];
      expect([one.status, about(there, await one.text())]).toEqual([
        other.status,
        about(none, await other.text()),
      ]);
    }
  });

  it('[PRB-61] finds no draft and nothing of the staff at any documented address', async () => {
    const described = (await (await server.call('GET', '/api/openapi.json')).json()) as {
      paths: Record<string, { get?: object }>;
    };
    const read = Object.entries(described.paths).flatMap(([path, { get }]) =>
      get === undefined || path.includes('{') ? [] : [path],
    );
    expect(read).toEqual(expect.arrayContaining(['/api/known-errors', '/api/help']));
    for (const path of [`/api/search?q=${NAME}`, `/api/help?q=${NAME}`, ...read]) {
      const text = await (await stranger.call('GET', path)).text();
      for (const word of [NAME, ...hidden, 'board/known-error@']) expect(text).not.toContain(word);
    }
    const help = await (await stranger.call('GET', '/api/help')).text();
    expect(help).toContain('Public words');
    for (const person of ['agent@desk.test', 'lead@desk.test'])
      expect(help).not.toContain(server.account(person).id);
  });

  it('[PRB-61] holds of everybody’s board nothing of drafts, and no byte of what is gone from it', async () => {
    const board = stranger.open(helpBoardName(1));
    await board.synced();
    const bytes = Buffer.from(Y.encodeStateAsUpdate(board.doc)).toString('utf8');
    expect(bytes).toContain('Public words');
    for (const word of [NAME, ...hidden.filter((id) => id !== gone), server.account('agent@desk.test').id])
      expect(bytes).not.toContain(word);
    board.destroy();
  });

  it('[PRB-61] opens no document of the staff', async () => {
    const names = [
      knowledgeBoardName(1),
      ...[...hidden, shown].flatMap((id) => [articleName(id), journalName(id), roomName(id)]),
    ];
    for (const name of names) {
      const client = stranger.open(name);
      expect(await client.closed()).toMatchObject({ code: CLOSE.forbidden });
      client.destroy();
    }
  });

  it.each(['rate', 'link', 'edit', 'publish', 'create', 'nonsense'])(
    '[PRB-61] is answered to %s on what is hidden as on none',
    async (verb) => {
      for (const there of hidden)
        for (const args of [{ nonsense: 1 }, { number: 1, helped: true }, { ticket: ulid() }, {}]) {
          const none = ulid();
          const said = async (at: string) =>
            about(
              at,
              JSON.stringify({ ...(await stranger.run(`known-error.${verb}`, at, args, 1)), id: null }),
            );
          expect(await said(there)).toBe(await said(none));
        }
    },
  );
});
