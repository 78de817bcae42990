/** Every way in to releases, tried by somebody who may not read them: what they get must be as if there were none. */
import { journalName, releaseBoardName, releaseName, roomName } from '@muster/documents';
import { tokenOf } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { CLOSE } from '@muster/sync';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RELEASE_ARGS } from '../commands/schema/releases.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const TITLE = 'Glockenspiel';

let server: TestServer;
let agent: TestSession;
let stranger: TestSession;
let id: RecordId;
let number: string;

beforeAll(async () => {
  server = await startTestServer();
  agent = await server.signIn('agent@desk.test');
  stranger = await server.signIn('requester@desk.test');
  id = ulid() as RecordId;
  const fields = {
    ...{ kind: 'minor', title: TITLE, label: '', services: [], owner: null, pace: 'stages' },
    ...{ beginsAt: null, endsAt: null, hypercareHours: 48, rollbackTestedAt: null },
  };
  const made = await agent.run('release.create', id, { fields });
  number = made.outcome === 'applied' ? (made.number ?? '') : '';
  expect(number).toMatch(/^REL-/);
});
afterAll(() => server.stop());

/** What is said about an id, with the id taken out. */
const about = (one: string, text: string): string => text.replaceAll(one, 'ID');

const REQUESTS: Readonly<Record<string, (id: string) => string>> = {
  'one release': (one) => `/api/releases/${one}`,
  'its notes': (one) => `/api/releases/${one}/notes.md`,
  'one record': (one) => `/api/records/${one}`,
  'its room': (one) => `/api/records/${one}/room`,
  'the sittings in its room': (one) => `/api/records/${one}/room/changes`,
  'whom its news told': (one) => `/api/records/${one}/told`,
  'a search for its id': (one) => `/api/search?q=${one}`,
};

describe('whoever may not read releases', () => {
  it.each(Object.entries(REQUESTS))('[REL-1] gets by %s what they get for none', async (_what, path) => {
    const none = ulid();
    const [one, other] = [await stranger.call('GET', path(id)), await stranger.call('GET', path(none))];
    expect([one.status, about(id, await one.text())]).toEqual([
      other.status,
      about(none, await other.text()),
    ]);
  });

  it('[REL-1] finds none by words, number or token, in no list and at no documented address', async () => {
    const found = [TITLE, number, tokenOf('release', id)].map(
      (q) => `/api/search?q=${encodeURIComponent(q)}`,
    );
    const described = (await (await server.call('GET', '/api/openapi.json')).json()) as {
      paths: Record<string, { get?: object }>;
    };
    const read = Object.entries(described.paths).flatMap(([path, { get }]) =>
      get === undefined || path.includes('{') ? [] : [path],
    );
    expect(read).toEqual(
      expect.arrayContaining(['/api/releases', '/api/releases/matrix', '/api/deployments', '/api/gate/asks']),
    );
    for (const path of [...found, ...read]) {
      const text = await (await stranger.call('GET', path)).text();
      for (const word of [TITLE, id, 'board/release']) expect(text).not.toContain(word);
    }
  });

  it.each(Object.keys(RELEASE_ARGS))(
    '[REL-1] is answered to %s on one as on none, well-formed or not',
    async (verb) => {
      for (const args of [{ nonsense: 1 }, { step: ulid() }, { changes: [] }]) {
        const none = ulid();
        const said = async (at: string) =>
          about(at, JSON.stringify({ ...(await stranger.run(`release.${verb}`, at, args, 1)), id: null }));
        const answer = await said(id);
        expect(answer).toBe(await said(none));
        expect(answer).toContain('release/no-such-release');
      }
    },
  );

  it('[REL-1] opens no document of theirs', async () => {
    for (const name of [releaseBoardName(1), releaseName(id), journalName(id), roomName(id)]) {
      const client = stranger.open(name);
      expect(await client.closed()).toMatchObject({ code: CLOSE.forbidden });
      client.destroy();
    }
  });
});
