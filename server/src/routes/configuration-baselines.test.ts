import type { ItemDifference } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { setTimeout as wait } from 'node:timers/promises';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Baseline } from '../store/configuration-baselines.ts';
import type { Differences } from '../store/query/configuration-differences.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

let server: TestServer;
let agent: TestSession;
let admin: TestSession;
let requester: TestSession;
beforeAll(async () => {
  server = await startTestServer();
  [agent, admin, requester] = (await Promise.all(
    ['agent', 'admin', 'requester'].map((who) => server.signIn(`${who}@desk.test`)),
  )) as [TestSession, TestSession, TestSession];
});
afterAll(() => server.stop());

const applied = { outcome: 'applied' };
const PLACE = '/api/configuration/baselines';
const DIFFERENCES = '/api/configuration/differences';

async function make(itemClass: string, name: string, attributes: object = {}): Promise<RecordId> {
  const id = recordId(ulid());
  const args = { fields: { class: itemClass, name, attributes }, state: 'in_service' };
  expect(await agent.run('item.create', id, args)).toMatchObject(applied);
  return id;
}

/** At a moment of its own. */
async function baseline(name: string, more: object = {}): Promise<Baseline> {
  await wait(3);
  const answer = await admin.call('POST', PLACE, { name, ...more });
  expect(answer.status).toBe(201);
  await wait(3);
  return (await answer.json()) as Baseline;
}

async function differences(query: string): Promise<Differences> {
  const answer = await agent.call('GET', `${DIFFERENCES}?${query}`);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Differences;
}

const of = (found: Differences, item: string): ItemDifference | undefined =>
  found.items.find((each) => each.item === item);

describe('baselines of the configuration', () => {
  it('[CFG-46] [CFG-47] [CFG-48] name a moment, and tell what became of everything since and between', async () => {
    const [web, db, old] = [
      await make('server', 'Web', { serial: 'S1' }),
      await make('application', 'Orders'),
      await make('server', 'Old'),
    ];
    const same = await make('server', 'Same');
    const relation = recordId(ulid());
    const ends = { type: 'runs_on', from: db, to: web };
    expect(await agent.run('relation.add', relation, ends)).toMatchObject(applied);
    const first = await baseline('Before the move', { note: 'By the book' });
    expect(await differences(`from=${first.id}`)).toMatchObject({ items: [], relations: [], more: false });

    const edit = { fields: { name: 'Web 2', attributes: { serial: null, model: '=M' } } };
    expect(await agent.run('item.edit', web, edit, 1)).toMatchObject(applied);
    const step = { from: 'in_service', to: 'retired' };
    expect(await agent.run('item.step', old, step, 1)).toMatchObject(applied);
    const added = await make('application', 'Shop');
    expect(await agent.run('relation.remove', relation, {}, 1)).toMatchObject(applied);
    const contains = { type: 'contains', from: added, to: db };
    expect(await agent.run('relation.add', recordId(ulid()), contains)).toMatchObject(applied);
    const second = await baseline('After the move');
    expect(await agent.run('item.edit', web, { fields: { name: 'Web 3' } }, 2)).toMatchObject(applied);

    const found = await differences(`from=${first.id}&to=${second.id}`);
    expect(found.counts).toEqual({ added: 1, gone: 1, changed: 1, related: 1, unrelated: 1 });
    expect(of(found, web)).toMatchObject({
      ...{ kind: 'changed', name: 'Web 2' },
      parts: [
        { part: 'name', from: 'Web', to: 'Web 2' },
        { part: 'attribute', of: 'model', from: null, to: '=M' },
        { part: 'attribute', of: 'serial', from: 'S1', to: null },
      ],
    });
    expect(of(found, old)).toMatchObject({
      ...{ kind: 'gone', parts: [{ part: 'state', from: 'in_service', to: 'retired' }] },
    });
    expect(of(found, added)?.kind).toBe('added');
    expect(of(found, same)).toBeUndefined();
    expect(found.relations).toEqual([
      { kind: 'added', ...contains, fromName: 'Shop', toName: 'Orders' },
      { kind: 'removed', ...ends, fromName: 'Orders', toName: 'Web 3' },
    ]);

    const since = await differences(`from=${second.at}&to=now`);
    expect(since.items.map(({ item }) => item)).toEqual([web]);
    const back = await differences(`from=${second.id}&to=${first.id}`);
    expect(back.counts).toEqual({ added: 1, gone: 1, changed: 1, related: 1, unrelated: 1 });
    expect(of(back, added)?.kind).toBe('gone');
    // what was made and retired since stands at neither of the two moments
    expect((await differences('from=0')).counts).toMatchObject({ added: 4, changed: 0, related: 1 });

    const near = await differences(`from=${first.id}&to=${second.id}&item=${added}`);
    expect([near.counts.added, near.counts.changed, near.counts.gone]).toEqual([1, 0, 0]);
    const scoped = await baseline('Web alone', { scope: web, at: first.at });
    expect(await differences(`from=${scoped.id}`)).toMatchObject({
      ...{ item: web, counts: { added: 0, gone: 0, changed: 1, related: 0, unrelated: 1 } },
    });

    const csv = await agent.call('GET', `${DIFFERENCES}.csv?from=${first.id}&to=${second.id}`);
    expect(csv.headers.get('content-type')).toContain('text/csv');
    const lines = (await csv.text()).split('\r\n');
    expect(lines[0]).toBe('what,number,name,class,part,of,from,to');
    expect(lines).toContainEqual(
      expect.stringMatching(/^changed,CI-[\d-]+,Web 2,server,attribute,model,,'=M$/),
    );
    expect(lines).toContain('relation added,,Shop,,relation,contains,,Orders');
    expect(lines).toContain('relation removed,,Orders,,relation,runs_on,Web 3,');
  });

  it('[CFG-46] are listed with who took them, and removed; what they named is told by its moment still', async () => {
    const made = await baseline('For a while');
    expect(made).toMatchObject({ name: 'For a while', note: '', scope: null, by: admin.person });
    const listed = async () => {
      const all = (await (await agent.call('GET', PLACE)).json()) as readonly Baseline[];
      return all.find(({ id }) => id === made.id);
    };
    expect(await listed()).toEqual(made);
    expect((await admin.call('DELETE', `${PLACE}/${made.id}`)).status).toBe(204);
    expect((await admin.call('DELETE', `${PLACE}/${made.id}`)).status).toBe(404);
    expect(await listed()).toBeUndefined();
    expect((await agent.call('GET', `${DIFFERENCES}?from=${made.id}`)).status).toBe(404);
    await differences(`from=${made.at}`);
    const kept = await server.store.reader
      .selectFrom('configuration_baseline')
      .select(['made_by', 'removed_by'])
      .where('id', '=', made.id)
      .executeTakeFirst();
    expect(kept).toEqual({ made_by: admin.person, removed_by: admin.person });
  });

  it('[CFG-46] are of people with the right alone, the answer the same whether there is one or not', async () => {
    const { id } = await baseline('Ours');
    expect((await agent.call('POST', PLACE, { name: 'Mine' })).status).toBe(403);
    for (const which of [id, 'none']) {
      expect((await agent.call('DELETE', `${PLACE}/${which}`)).status).toBe(403);
      for (const path of ['', '.csv'])
        expect((await requester.call('GET', `${DIFFERENCES}${path}?from=${which}`)).status).toBe(403);
    }
    expect((await requester.call('GET', PLACE)).status).toBe(403);
    expect((await server.call('GET', PLACE)).status).toBe(401);
  });

  it('[CFG-46] are refused when they have no name, too long a one, a moment to come, or an item that is none', async () => {
    const bodies = [
      [{ name: ' ' }, 400],
      [{ name: 'x'.repeat(121) }, 400],
      [{ name: 'x', note: 'y'.repeat(2_001) }, 400],
      [{ name: 'x', at: Date.now() + 60_000 }, 400],
      [{ name: 'x', more: 1 }, 400],
      [{ name: 'x', scope: 'nothing' }, 404],
    ] as const;
    for (const [body, status] of bodies)
      expect([body, (await admin.call('POST', PLACE, body)).status]).toEqual([body, status]);
    for (const query of ['from=none', 'from=0&to=none', 'from=0&item=none'])
      expect((await agent.call('GET', `${DIFFERENCES}?${query}`)).status).toBe(404);
    expect((await agent.call('GET', DIFFERENCES)).status).toBe(400);
  });

  it('[CFG-49] are told up to a bound and counted in full', async () => {
    const { id } = await baseline('Before many');
    const count = 205;
    for (let at = 0; at < count; at += 1) await make('server', `Many ${at}`);
    const found = await differences(`from=${id}`);
    expect(found).toMatchObject({ counts: { added: count }, more: true });
    expect(found.items).toHaveLength(200);
    const csv = await (await agent.call('GET', `${DIFFERENCES}.csv?from=${id}`)).text();
    expect(csv).not.toContain('there is more');
    expect(new Set(csv.match(/Many \d+/g)).size).toBe(count);
  });
});
