import { helpBoardName, readInbox, withoutEpoch } from '@muster/documents';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

let server: TestServer;
let agent: TestSession;
let other: TestSession;
let requester: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  [agent, other, requester] = await Promise.all([
    server.signIn('agent@desk.test'),
    server.signIn('other@desk.test'),
    server.signIn('requester@desk.test'),
  ]);
});
afterAll(() => server.stop());

const command = (type: string, target: string, args: object, basis = 0) => ({
  id: ulid(),
  type,
  target,
  args,
  basis,
  clientAt: Date.now(),
});

interface AnyOutcome {
  id: string;
  outcome: string;
  version: number;
  number: string;
  refusal: { code: string };
}

const run = async (session: TestSession, ...commands: object[]) => {
  const answer = await session.call('POST', '/api/commands', commands);
  expect(answer.status).toBe(200);
  return (await answer.json()) as AnyOutcome[];
};

const create = (session: TestSession, fields: object = {}) =>
  session.createTicket('desk', { requester: requester.person, ...fields });

describe('commands over HTTP', () => {
  it('give the same outcome for the same id', async () => {
    const { id } = await create(agent);
    const claim = command('desk.claim', id, {}, 1);
    const [first] = await run(agent, claim);
    const [second] = await run(agent, claim);
    expect(first).toMatchObject({ outcome: 'applied', version: 2 });
    expect(second).toEqual(first);
  });

  it('run nothing in another era of the store than the sender believes in', async () => {
    const { id } = await create(agent);
    const claim = command('desk.claim', id, {}, 1);
    const { era } = (await (await agent.call('GET', '/api/store')).json()) as { era: string };
    const sendIn = (believed: string) =>
      server.call('POST', '/api/commands', [claim], { cookie: agent.cookie, 'muster-era': believed });
    const stale = await sendIn('of before');
    expect(stale.status).toBe(409);
    expect(await stale.json()).toMatchObject({ code: 'store-restored' });
    expect(await (await sendIn(era)).json()).toMatchObject([{ outcome: 'applied', version: 2 }]);
  });

  it('refuse what a command does not take, and run those after it', async () => {
    const { id } = await create(agent);
    const outcomes = await run(
      agent,
      command('desk.transition', id, { to: 7 }, 1),
      command('desk.claim', id, {}, 1),
    );
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['refused', 'applied']);
    expect(JSON.stringify(outcomes[0]?.refusal)).toContain('to');
  });

  it('are bounded by the scopes of a key', async () => {
    const admin = await server.signIn('admin@desk.test');
    const made = await admin.call('POST', '/api/keys', { name: 'Reader', scopes: ['desk.read'] });
    const { token } = (await made.json()) as { token: string };
    const { id } = await create(agent);
    const bearer = { authorization: `Bearer ${token}` };
    const read = await server.call('GET', `/api/records/${id}`, undefined, bearer);
    const tried = await server.call('POST', '/api/commands', [command('desk.claim', id, {}, 1)], bearer);
    expect(read.status).toBe(200);
    expect(await tried.json()).toMatchObject([
      { outcome: 'refused', refusal: { code: 'desk/not-permitted' } },
    ]);
  });
});

describe('reading records', () => {
  it('names those of a list of ids that the caller may read, and says nothing of the others', async () => {
    const { id: mine } = await create(agent);
    const { id: others } = await create(agent, { requester: agent.person });
    const told = async (session: TestSession) => {
      const answer = await session.call('GET', `/api/records?ids=${mine},${others},01NOTHERE`);
      const { records } = (await answer.json()) as { records: { id: string }[] };
      return records.map(({ id }) => id).toSorted();
    };
    expect(await told(agent)).toEqual([mine, others].toSorted());
    expect(await told(requester)).toEqual([mine]);
  });

  it('shows all events to staff and the public ones to the requester', async () => {
    const { id } = await create(agent);
    await run(
      agent,
      command('desk.comment', id, { text: 'looks staged' }, 1),
      command('desk.reply', id, { text: 'we are on it' }, 2),
    );
    const eventsFor = async (session: TestSession) => {
      const { events } = (await (await session.call('GET', `/api/records/${id}`)).json()) as {
        events: { event: { type: string } }[];
      };
      return events.map(({ event }) => event.type);
    };
    expect(await eventsFor(agent)).toEqual(expect.arrayContaining(['created', 'commented', 'replied']));
    expect(await eventsFor(requester)).not.toContain('commented');
    expect(await eventsFor(requester)).toContain('replied');
  });

  it('shows a requester their ticket without what staff alone say of it, wherever it is read', async () => {
    const { id, number } = await create(requester, { title: 'Sundial is slow' });
    const inbox = requester.open(`inbox/${requester.person}`);
    await inbox.synced();
    const overridden = { priority: 1, reason: 'nagged for days' };
    await run(agent, command('desk.override-priority', id, overridden, 1));
    const texts = await Promise.all(
      [`/api/records/${id}`, '/api/records', '/api/search?q=sundial', `/api/search?q=${number}`].map(
        async (path) => (await requester.call('GET', path)).text(),
      ),
    );
    for (const text of texts) expect(text).toContain('Sundial');
    expect(texts.filter((text) => text.includes('nagged'))).toEqual([]);
    const shown = () => readInbox(inbox.doc).requests.find((request) => request.id === id);
    await expect.poll(() => shown()?.priority).toBe(1);
    expect(shown()?.priorityReason).toBeNull();
    expect(await (await agent.call('GET', `/api/records/${id}`)).text()).toContain('nagged');
  });

  it('leaves all copies of a record alike, whatever text came in', async () => {
    const board = agent.open('board/desk@1');
    await board.synced();
    const { id } = await create(requester, { title: 'Half a \ud83d face', description: 'and \udc00' });
    await run(agent, command('desk.edit', id, { fields: { tags: ['\ud800'] } }, 1));
    expect(await server.store.verify()).toMatchObject({ ok: true, findings: [] });
  });

  it('answers alike for a record that is not there and one that is not yours', async () => {
    const team = server.teams.get('Desk');
    const { id } = await create(agent, { restrictedTo: team, requester: agent.person });
    const body = async (session: TestSession, record: string) => {
      const answer = await session.call('GET', `/api/records/${record}`);
      return [answer.status, await answer.text()];
    };
    for (const stranger of [other, requester]) {
      expect(await body(stranger, id)).toEqual(await body(stranger, ulid()));
      expect((await body(stranger, id))[0]).toBe(404);
    }
    expect((await body(agent, id))[0]).toBe(200);
  });

  it('lists by page, and only what may be read', async () => {
    await create(agent, { requester: agent.person, title: 'Not for requesters' });
    const seen: string[] = [];
    let cursor: string | null = null;
    do {
      const query: string = cursor === null ? '' : `&cursor=${cursor}`;
      const page = (await (await agent.call('GET', `/api/records?process=desk&limit=2${query}`)).json()) as {
        records: { id: string }[];
        next: string | null;
      };
      expect(page.records.length).toBeLessThanOrEqual(2);
      seen.push(...page.records.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== null);
    expect(new Set(seen).size).toBe(seen.length);
    const mine = (await (await requester.call('GET', '/api/records')).json()) as {
      records: { requester: string }[];
    };
    expect(mine.records.length).toBeGreaterThan(0);
    expect(mine.records.every((record) => record.requester === requester.person)).toBe(true);
  });

  it('searches text, notes for staff only', async () => {
    const { id, number } = await create(agent, { title: 'Quartz clock stopped' });
    await run(agent, command('desk.comment', id, { text: 'suspect the zinc battery' }, 1));
    const find = async (session: TestSession, q: string) => {
      const { results } = (await (await session.call('GET', `/api/search?q=${q}`)).json()) as {
        results: { record: { id: string }; excerpt: string }[];
      };
      return results.map(({ record }) => record.id);
    };
    expect(await find(agent, 'quartz')).toEqual([id]);
    expect(await find(requester, 'quartz')).toEqual([id]);
    expect(await find(agent, number)).toEqual([id]);
    expect(await find(agent, 'zinc')).toEqual([id]);
    expect(await find(requester, 'zinc')).toEqual([]);
  });

  it('names what is wrong with a query', async () => {
    const answer = await agent.call('GET', '/api/records?limit=many&process=chess&cursor=rubbish');
    const { faults } = (await answer.json()) as { faults: { where: string }[] };
    expect(faults.map(({ where }) => where).sort()).toEqual(['query.cursor', 'query.limit', 'query.process']);
    expect((await agent.call('GET', '/api/search')).status).toBe(400);
  });
});

describe('documents that I may open', () => {
  const namesFor = async (session: TestSession) => {
    const { documents } = (await (await session.call('GET', '/api/documents')).json()) as {
      documents: { name: string; kind: string }[];
    };
    return documents.map(({ name }) => name);
  };

  it('are the boards, the directory and my own for staff', async () => {
    expect(await namesFor(agent)).toEqual(
      expect.arrayContaining([
        'board/desk@1',
        'board/incident@1',
        'directory@1',
        'notice',
        `inbox/${agent.person}`,
      ]),
    );
  });

  it('are no boards for a requester, but what is known for everybody', async () => {
    const names = await namesFor(requester);
    const boards = names.filter((name) => name.startsWith('board/'));
    expect(boards.map(withoutEpoch)).toEqual([withoutEpoch(helpBoardName(1))]);
    expect(names).toContain(`draft/${requester.person}`);
  });

  it('are boards of my own teams only', async () => {
    const team = server.teams.get('Desk');
    await create(agent, { restrictedTo: team });
    expect((await namesFor(agent)).some((name) => name.startsWith(`board/desk/${team}@`))).toBe(true);
    expect((await namesFor(other)).some((name) => name.startsWith(`board/desk/${team}@`))).toBe(false);
  });
});
