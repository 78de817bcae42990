/**
 * Every way in, tried by people whom an announcement is not for: colleagues of another team and somebody who asks for
 * things. Authors know of all announcements, and are told of those that are for them.
 */
import { parseName, readAnnouncements } from '@muster/documents';
import { CLOSE } from '@muster/sync';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bytesOf } from './document-bytes.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

/** Words that stand in the announcements and nowhere else. */
const WORDS = { title: 'Glockenspiel', message: 'Xylophone', update: 'Vibraphone' };

let server: TestServer;
let lead: TestSession;
let agent: TestSession;
let outsiders: readonly (readonly [who: string, session: TestSession])[];
/** For the desk's team from the start, and narrowed to it after everybody could read it. */
let born: string;
let narrowed: string;

const desk = () => server.teams.get('Desk') ?? '';
const noticeOfDesk = () => `notice/${desk()}`;

beforeAll(async () => {
  server = await startTestServer();
  const [other, requester] = await Promise.all(
    ['other@desk.test', 'requester@desk.test'].map((email) => server.signIn(email)),
  );
  [lead, agent] = await Promise.all([server.signIn('lead@desk.test'), server.signIn('agent@desk.test')]);
  if (!other || !requester) throw new Error('somebody is missing');
  outsiders = [
    ['a colleague of another team', other],
    ['a requester', requester],
  ];
  born = await announce({ audience: [desk()] });
  narrowed = await announce({ audience: [] });
  for (const [, session] of outsiders)
    for (const name of await namesFor(session)) await bytesOf(server.url, session.cookie, name);
  await applied(lead.run('announcement.edit', narrowed, { fields: { audience: [desk()] } }, 3));
  for (const id of [born, narrowed])
    await applied(lead.run('announcement.update', id, { message: WORDS.update }, 9));
});
afterAll(() => server.stop());

async function applied(outcome: ReturnType<TestSession['run']>): Promise<void> {
  expect(await outcome).toMatchObject({ outcome: 'applied' });
}

async function announce(fields: object): Promise<string> {
  const id = ulid();
  const all = {
    ...{ kind: 'outage', title: WORDS.title, message: WORDS.message, services: [] },
    ...{ beginsAt: null, endsAt: null, public: false },
  };
  await applied(lead.run('announcement.create', id, { fields: { ...all, ...fields } }));
  await applied(lead.run('announcement.step', id, { to: 'in_progress' }, 1));
  return id;
}

async function namesFor(session: TestSession): Promise<readonly string[]> {
  const { documents } = (await (await session.call('GET', '/api/documents')).json()) as {
    documents: { name: string }[];
  };
  return documents.map(({ name }) => name);
}

const said = (text: string) =>
  [...Object.values(WORDS), born, narrowed].filter((word) => text.includes(word));

describe('whoever an announcement is not for', () => {
  it('[DSK-192] gets no byte of it with any document that they hold, and may not open the others', async () => {
    for (const [who, session] of outsiders) {
      const names = await namesFor(session);
      expect(names, who).toContain('notice');
      expect(names, who).not.toContain(noticeOfDesk());
      for (const name of names) {
        const { text } = await bytesOf(server.url, session.cookie, name);
        // the key of what was taken out stays in the document of everybody, without a value
        const known = parseName(name)?.kind === 'notice' ? [narrowed] : [];
        expect(
          said(text).filter((word) => !known.includes(word)),
          `${who}: ${name}`,
        ).toEqual([]);
      }
      const [there, absent] = await Promise.all(
        [noticeOfDesk(), `notice/${ulid()}`].map((name) => bytesOf(server.url, session.cookie, name)),
      );
      expect(there, who).toEqual(absent);
      expect(there?.close).toMatch(new RegExp(`^${CLOSE.forbidden} `));
    }
  });

  it('[DSK-192] is told nothing of it by any documented address that is read, nor by the status page', async () => {
    const { paths } = (await (await server.call('GET', '/api/openapi.json')).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const read = Object.entries(paths).flatMap(([path, methods]) => ('get' in methods ? [path] : []));
    expect(read).toContain('/api/announcements');
    const search = Object.values(WORDS).map((word) => `/api/search?q=${word}`);
    const open = ['', '/feed.atom', '/feed.rss', '/calendar.ics', '/api/v2/summary.json'];
    const status = open.map((path) => `/status${path}`);
    for (const [who, session] of outsiders) {
      for (const path of [...read, ...search, ...status]) {
        for (const id of [born, narrowed]) {
          const address = path.replaceAll(/\{[^}]+\}/g, id);
          const text = (await (await session.call('GET', address)).text()).replaceAll(address, '');
          const asked = search.includes(path) ? text.replaceAll(/"q":"\w+"/g, '') : text;
          expect(said(asked), `${who}: ${path}`).toEqual([]);
        }
      }
    }
  });

  it('[DSK-192] is answered to every command on it as on none', async () => {
    const args = {
      edit: { fields: { title: 'mine' } },
      step: { to: 'verifying' },
      update: { message: 'x' },
      notify: { notice: '1h' },
      acknowledge: { revision: 1 },
    };
    for (const [who, session] of outsiders) {
      for (const [verb, each] of Object.entries(args)) {
        const none = ulid();
        const answers = await Promise.all(
          [born, narrowed, none].map(async (target) => {
            const { id, ...outcome } = await session.run(`announcement.${verb}`, target, each, 1);
            return JSON.stringify(outcome).replaceAll(target, 'ID').replaceAll(id, '');
          }),
        );
        expect(new Set(answers).size, `${who}: ${verb}`).toBe(1);
        expect(answers[0]).toContain('refused');
      }
    }
  });
});

describe('the items that an announcement names', () => {
  it('[CFG-69] are told to who reads the configuration, and to nobody else by any document, address or refusal', async () => {
    const host = ulid();
    const made = { fields: { class: 'server', name: 'host-1' }, state: 'in_service' };
    await applied(lead.run('item.create', host, made));
    const id = await announce({ items: [host], public: true, title: 'Doors' });
    await applied(lead.run('announcement.edit', id, { fields: { message: 'Keys', items: [host] } }, 9));
    const listed = async (session: TestSession) =>
      (await (await session.call('GET', '/api/announcements')).json()) as { announcements: { id: string }[] };
    const of = async (session: TestSession) =>
      (await listed(session)).announcements.find((each) => each.id === id);
    for (const session of [lead, agent]) expect(await of(session)).toMatchObject({ items: [host] });
    const requester = outsiders.at(-1)?.[1];
    if (requester === undefined) throw new Error('nobody');
    expect(await of(requester)).toMatchObject({ title: 'Doors' });
    expect(JSON.stringify(await listed(requester))).not.toContain(host);
    for (const name of await namesFor(requester)) {
      const { text } = await bytesOf(server.url, requester.cookie, name);
      expect(text, name).not.toContain(host);
    }
    for (const path of ['', '/feed.atom', '/feed.rss', '/calendar.ics', '/api/v2/summary.json']) {
      const text = await (await server.call('GET', `/status${path}`)).text();
      // a calendar has what is planned alone
      expect(text.includes('Doors'), path).toBe(path !== '/calendar.ics');
      expect(text, path).not.toContain(host);
    }
    const refused = { outcome: 'refused', refusal: { code: 'desk/unknown-item' } };
    expect(await lead.run('announcement.edit', id, { fields: { items: [ulid()] } }, 9)).toMatchObject(
      refused,
    );
    expect((await server.store.verify()).findings).toEqual([]);
  });
});

describe('whom an announcement is for', () => {
  it('[DSK-192] finds it in the document of their team and in the list; its author too', async () => {
    const client = agent.open(noticeOfDesk());
    await client.synced();
    const shown = readAnnouncements(client.doc).announcements.map(({ id }) => id as string);
    expect(shown.toSorted()).toEqual([born, narrowed].toSorted());
    for (const session of [agent, lead]) {
      const text = await (await session.call('GET', '/api/announcements')).text();
      expect(said(text)).toHaveLength(5);
    }
    client.destroy();
  });

  it('[DSK-193] loses and gets it with the audience, while they look', async () => {
    const [, colleague] = outsiders[0] ?? [];
    if (colleague === undefined) throw new Error('nobody');
    const network = server.teams.get('Network') ?? '';
    const [ours, theirs] = [agent.open(noticeOfDesk()), colleague.open(`notice/${network}`)];
    await Promise.all([ours.synced(), theirs.synced()]);
    const has = ({ doc }: typeof ours, id: string) =>
      readAnnouncements(doc).announcements.find((each) => each.id === id);
    const id = await announce({ audience: [desk()] });
    await expect.poll(() => has(ours, id)?.audience).toEqual([desk()]);
    await applied(lead.run('announcement.edit', id, { fields: { audience: [network] } }, 9));
    await expect
      .poll(() => has(theirs, id)?.told.at(-1))
      .toMatchObject({ notice: 'audience', before: [desk()] });
    await expect.poll(() => has(ours, id)).toBeUndefined();
    await applied(lead.run('announcement.edit', id, { fields: { audience: [] } }, 9));
    await expect.poll(() => has(theirs, id)).toBeUndefined();
    const all = agent.open('notice');
    await all.synced();
    expect(has(all, id)?.title).toBe(WORDS.title);
    for (const client of [ours, theirs, all]) client.destroy();
    expect((await server.store.verify()).findings).toEqual([]);
  });
});
