/** Every way in to changes, tried by somebody who may not read them: what they get must be as if there were none. */
import { CHANGE_RULES_NAME, changeBoardName, journalName, roomName } from '@muster/documents';
import { tokenOf } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { CLOSE } from '@muster/sync';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHANGE_ARGS, TEMPLATE_ARGS } from '../commands/schema/changes.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const TITLE = 'Glockenspiel';

let server: TestServer;
let agent: TestSession;
let stranger: TestSession;
let id: RecordId;
let number: string;
let template: RecordId;

beforeAll(async () => {
  server = await startTestServer();
  agent = await server.signIn('agent@desk.test');
  stranger = await server.signIn('requester@desk.test');
  id = ulid() as RecordId;
  const made = await agent.run('change.create', id, { model: 'normal', fields: { title: TITLE } });
  number = made.outcome === 'applied' ? (made.number ?? '') : '';
  template = ulid() as RecordId;
  const fields = {
    ...{ name: TITLE, outage: false, plans: { implementation: 'x' }, tasks: [], riskInput: null },
    ...{ minutes: 60, team: null },
  };
  expect(await agent.run('change-template.propose', template, { fields })).toMatchObject({
    outcome: 'applied',
  });
});
afterAll(() => server.stop());

/** What is said about an id, with the id taken out. */
const about = (one: string, text: string): string => text.replaceAll(one, 'ID');

const REQUESTS: Readonly<Record<string, (id: string) => string>> = {
  'one change': (one) => `/api/changes/${one}`,
  'one record': (one) => `/api/records/${one}`,
  'its room': (one) => `/api/records/${one}/room`,
  'the sittings in its room': (one) => `/api/records/${one}/room/changes`,
  'whom its news told': (one) => `/api/records/${one}/told`,
  'a search for its id': (one) => `/api/search?q=${one}`,
};

/** Arguments that have the right form, by verb; any other form is malformed for everybody. */
const ARGS: Readonly<Record<string, object>> = {
  edit: { fields: { title: 'mine' } },
  assign: { team: null, owner: null },
  'note-plans': { plans: {} },
  step: { to: 'assess' },
  close: { result: 'successful' },
  vote: { vote: 'approved', read: {} },
  delegate: { to: 'me' },
  'drop-task': { task: 'a' },
  'move-task': { task: 'a', to: 'done' },
  'move-review': { to: 'draft' },
  approve: { revision: 1 },
  'note-caused': { incident: ulid(), priority: 1 },
  'unnote-caused': { incident: ulid() },
  'note-announcement': { announcement: ulid() },
  'note-use': { change: ulid() },
};

describe('whoever may not read changes', () => {
  it.each(Object.entries(REQUESTS))('[CHG-9] gets by %s what they get for none', async (_what, path) => {
    for (const there of [id, template]) {
      const none = ulid();
      const [one, other] = [await stranger.call('GET', path(there)), await stranger.call('GET', path(none))];
      expect([one.status, about(there, await one.text())]).toEqual([
        other.status,
        about(none, await other.text()),
      ]);
    }
  });

  it('[CHG-9] finds none by words, number or token, in no list and at no documented address', async () => {
    const found = [TITLE, number, tokenOf('change', id)].map((q) => `/api/search?q=${encodeURIComponent(q)}`);
    const described = (await (await server.call('GET', '/api/openapi.json')).json()) as {
      paths: Record<string, { get?: object }>;
    };
    const read = Object.entries(described.paths).flatMap(([path, { get }]) =>
      get === undefined || path.includes('{') ? [] : [path],
    );
    expect(read).toContain('/api/changes');
    for (const path of [...found, ...read]) {
      const text = await (await stranger.call('GET', path)).text();
      for (const word of [TITLE, id, template, 'board/change', 'rules/change'])
        expect(text).not.toContain(word);
    }
  });

  it.each([
    ...Object.keys(CHANGE_ARGS).map((verb) => `change.${verb}`),
    ...Object.keys(TEMPLATE_ARGS).map((verb) => `change-template.${verb}`),
  ])('[CHG-9] is answered to %s on one as on none, well-formed or not', async (type) => {
    const [process, verb = ''] = type.split('.', 2);
    const there = process === 'change' ? id : template;
    for (const args of [{ nonsense: 1 }, ARGS[verb] ?? { reason: 'x' }]) {
      const none = ulid();
      const [one, other] = [
        await stranger.run(type, there, args, 1),
        await stranger.run(type, none, args, 1),
      ];
      const said = (outcome: object, at: string) => about(at, JSON.stringify({ ...outcome, id: null }));
      expect(said(one, there)).toBe(said(other, none));
      expect(one).toMatchObject({ outcome: 'refused', refusal: { code: 'change/no-such-change' } });
    }
  });

  it('[CHG-9] opens no document of theirs', async () => {
    const names = [
      changeBoardName(1),
      CHANGE_RULES_NAME,
      journalName(id),
      journalName(template),
      roomName(id),
    ];
    for (const name of names) {
      const client = stranger.open(name);
      expect(await client.closed()).toMatchObject({ code: CLOSE.forbidden });
      client.destroy();
    }
  });
});
