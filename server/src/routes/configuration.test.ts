import type { ConfigurationItem, ConfigurationRules, KeptRelation } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

let server: TestServer;
let agent: TestSession;
let requester: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  [agent, requester] = (await Promise.all(
    ['agent', 'requester'].map((who) => server.signIn(`${who}@desk.test`)),
  )) as [TestSession, TestSession];
});
afterAll(() => server.stop());

const applied = { outcome: 'applied' };
const PLACE = '/api/configuration';

async function make(itemClass: string, name: string, more: object = {}): Promise<RecordId> {
  const id = recordId(ulid());
  const args = { fields: { class: itemClass, name, ...more }, state: 'in_service' };
  expect(await agent.run('item.create', id, args)).toMatchObject(applied);
  return id;
}

async function read<Answer>(path: string, by = agent): Promise<Answer> {
  const answer = await by.call('GET', `${PLACE}${path}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Answer;
}

const listed = async (query: string) =>
  (await read<{ items: readonly ConfigurationItem[] }>(`/items?${query}`)).items.map(({ name }) => name);

interface Whole {
  readonly item: ConfigurationItem;
  readonly relations: readonly KeptRelation[];
  readonly history: readonly { readonly at: number; readonly event: { readonly type: string } }[];
}

interface Then {
  readonly item: ConfigurationItem | null;
  readonly relations: readonly { readonly relation: RecordId }[];
}

describe('the configuration over HTTP', () => {
  it('[CFG-21] is listed in pages, and narrowed by class and its kinds, state, owner, team and words', async () => {
    const team = server.teams.get('Network');
    await make('server', 'Quokka 1', { owner: agent.person, attributes: { serial: 'QX_100' } });
    await make('server', 'Quokka 2', { team });
    await make('database', 'Quokka base');
    expect(await listed('q=quokka')).toEqual(['Quokka base', 'Quokka 2', 'Quokka 1']);
    expect(await listed('q=quokka&class=device')).toEqual(['Quokka 2', 'Quokka 1']);
    expect(await listed('q=quokka&class=nothing')).toEqual([]);
    expect(await listed(`q=quokka&owner=${agent.person}`)).toEqual(['Quokka 1']);
    expect(await listed(`q=quokka&team=${team ?? ''}`)).toEqual(['Quokka 2']);
    expect(await listed('q=quokka&state=retired')).toEqual([]);
    expect(await listed('q=qx_100')).toEqual(['Quokka 1']);
    expect(await listed('q=%25')).toEqual([]);
    const names: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const after: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const piece: { items: readonly ConfigurationItem[]; next: string | null } = await read(
        `/items?q=quokka&limit=1${after}`,
      );
      names.push(...piece.items.map(({ name }) => name));
      cursor = piece.next;
    }
    expect(names).toEqual(['Quokka base', 'Quokka 2', 'Quokka 1']);
    expect((await agent.call('GET', `${PLACE}/items?state=asleep`)).status).toBe(400);
  });

  it('[CFG-20] finds an item by number, name and attributes in the search of everything, for whoever may read it', async () => {
    const id = await make('server', 'Numbat 7', { attributes: { serial: 'KB_4711' } });
    const { item } = await read<Whole>(`/items/${id}`);
    type Found = { items: { item: { id: string }; excerpt: string }[] };
    const search = async (q: string, by = agent) =>
      (await (await by.call('GET', `/api/search?q=${encodeURIComponent(q)}`)).json()) as Found;
    for (const q of ['numbat', 'KB_4711', item.number ?? '', id])
      expect((await search(q)).items.map((found) => found.item.id)).toEqual([id]);
    expect((await search('kb_4711')).items[0]?.excerpt).toBe('KB_4711');
    for (const q of ['numbat', 'KB_4711', item.number ?? '', id])
      expect((await search(q, requester)).items).toEqual([]);
  });

  it('[CFG-27] [CFG-30] tells an item with its relations and its history, and how it stood at a moment', async () => {
    const [app, db] = [await make('application', 'Shop'), await make('database', 'Orders')];
    const relation = recordId(ulid());
    const args = { type: 'uses', from: app, to: db };
    expect(await agent.run('relation.add', relation, args)).toMatchObject(applied);
    const standing = await read<Whole>(`/items/${db}`);
    expect(standing.relations).toMatchObject([{ id: relation, ...args, by: agent.person }]);
    const related = standing.history.at(-1)?.at ?? 0;
    const made = standing.history[0]?.at ?? 0;
    await expect.poll(() => Date.now()).toBeGreaterThan(related);
    expect(await agent.run('item.edit', db, { fields: { name: 'Orders 2' } }, 1)).toMatchObject(applied);
    expect(await agent.run('relation.remove', relation, {}, 1)).toMatchObject(applied);
    const byNumber = await read<Whole>(`/items/${standing.item.number ?? ''}`);
    expect(byNumber).toMatchObject({ item: { id: db, name: 'Orders 2' }, relations: [] });
    expect(byNumber.history.map(({ event }) => event.type)).toEqual([
      ...['made', 'relation-added', 'edited', 'relation-removed'],
    ]);
    const then = (at: number) => read<Then>(`/items/${db}/as-of?at=${at}`);
    expect(await then(related)).toMatchObject({ item: { name: 'Orders' }, relations: [{ relation }] });
    expect(await then(made - 1)).toEqual({ item: null, relations: [] });
    expect(await then(Date.now())).toMatchObject({ item: { name: 'Orders 2' }, relations: [] });
    expect((await agent.call('GET', `${PLACE}/items/${db}/as-of?at=yesterday`)).status).toBe(400);
  });

  it('tells the classes and the types of relations that hold', async () => {
    const rules = await read<ConfigurationRules>('/rules');
    expect(rules.classes.map(({ id }) => id)).toContain('server');
    expect(rules.types.map(({ id }) => id)).toContain('runs_on');
  });

  it('[CFG-20] [CFG-133] gives a requester nothing, and the same whether it is there or not', async () => {
    const id = await make('server', 'Hidden');
    const absent = ulid();
    const answers = await Promise.all(
      [
        ...[`/items/${id}`, `/items/${absent}`, `/items/${id}/as-of?at=1`, `/items/${absent}/as-of?at=1`],
        ...[`/items/${id}/origins`, `/items/${absent}/origins`, '/items', '/rules'],
      ].map((path) => requester.call('GET', `${PLACE}${path}`)),
    );
    const bodies = await Promise.all(answers.map((answer) => answer.text()));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([403]));
    expect(new Set(bodies).size).toBe(1);
    expect((await server.call('GET', `${PLACE}/items`)).status).toBe(401);
    for (const path of [`/items/${absent}`, `/items/${absent}/as-of?at=1`, `/items/${absent}/origins`])
      expect((await agent.call('GET', `${PLACE}${path}`)).status).toBe(404);
  });
});
