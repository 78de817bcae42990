import { recordId } from '@muster/domain/shared';
import { sql } from 'kysely';
import { ulid } from 'ulid';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const DAY = 86_400_000;
const ITEMS = ['01DB', '01HOST', '01OLD', '01WEB'] as const;
type Item = (typeof ITEMS)[number] | 'mail';

let server: TestServer;
let agent: TestSession;

beforeAll(async () => {
  server = await startTestServer();
  agent = await server.signIn('agent@desk.test');
  const { writer } = server.store;
  await writer
    .insertInto('service')
    .values({ id: 'mail', name: 'E-mail', team: null, criticality: 2 })
    .execute();
  await server.store.refreshDirectory();
  const item = (id: string, at: number) => ({
    ...{ id, key: at + 1, number: `CI-${at}`, class: 'server', name: `Item ${id.slice(2)}`, updated_at: 1 },
    ...{ live: 1, version: 1, state: id === '01OLD' ? 'retired' : 'in_service' },
    // one was joined into another, which records name as well
    data: JSON.stringify(id === '01OLD' ? { sameAs: '01HOST' } : {}),
  });
  await writer.insertInto('configuration_item').values(ITEMS.map(item)).execute();
});
afterAll(() => server.stop());
beforeEach(async () => {
  await server.store.writer.deleteFrom('record_item').execute();
  await server.store.writer.updateTable('record').set({ drill: 1 }).execute();
});

/** What was opened before is left out of what is counted. */
async function open(title: string, items: readonly Item[], fields: object = {}): Promise<string> {
  const { id } = await agent.createTicket('incident', { title, ...fields });
  const { writer } = server.store;
  const { key } = await writer
    .selectFrom('record')
    .select('key')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  if (items.length > 0)
    await writer
      .insertInto('record_item')
      .values(items.map((item) => ({ item, record: key })))
      .execute();
  return id;
}

interface Found {
  readonly title: string;
  readonly rules: readonly string[];
  readonly fields: readonly { readonly field: string; readonly name: string; readonly count: number }[];
  readonly items: readonly { readonly id: string; readonly name: string; readonly count: number }[];
  readonly about: readonly string[];
  readonly evidence: { readonly ids: readonly string[]; readonly count: number };
}
async function found(path: 'clusters' | 'recurrences', headers?: Record<string, string>) {
  const answer =
    headers === undefined
      ? await agent.call('GET', `/api/trends/${path}`)
      : await fetch(`${server.url}/api/trends/${path}`, { headers });
  expect(answer.status, await answer.clone().text()).toBe(200);
  return ((await answer.json()) as Record<typeof path, readonly Found[]>)[path];
}

/** A key that reads problems and incidents, and what else it is given. */
async function keyOf(...more: readonly string[]): Promise<Record<string, string>> {
  const admin = await server.signIn('admin@desk.test');
  const scopes = ['problem.read', 'incident.read', 'directory.read', ...more];
  const made = await admin.call('POST', '/api/keys', { name: ulid(), scopes });
  return { authorization: `Bearer ${((await made.json()) as { token: string }).token}` };
}

describe('clusters and items', () => {
  it('[PRB-25] [CFG-103] say which items most are about, one that was joined as the one that stays, and what a problem would be about', async () => {
    await open('Badge reader rejects cards in Basel', ['01HOST', '01OLD']);
    await open('Badge reader rejects cards in Lyon', ['01OLD', '01DB']);
    await open('Badge reader rejects cards in Graz', ['01WEB']);
    const [cluster] = await found('clusters');
    const items = cluster?.fields.filter(({ field }) => field === 'item');
    expect(items).toEqual([{ field: 'item', value: '01HOST', name: 'Item HOST', count: 2 }]);
    expect(cluster?.about).toEqual(['01HOST']);
    const csv = await (await agent.call('GET', '/api/trends/clusters.csv')).text();
    expect(csv).toContain('item Item HOST (2)');
  });

  it('[PRB-25] bring together by a shared item what words alone leave apart', async () => {
    const titles = ['blank behind separators', 'twice, slower upstairs', 'askew, smudges everywhere'].map(
      (how) => `Invoices print ${how}`,
    );
    const noise = ['Wiki page missing', 'Badge lost', 'Teams call drops', 'Screen flickers'];
    for (const title of noise) await open(title, []);
    const ids: string[] = [];
    for (const title of titles) ids.push(await open(title, []));
    expect(await found('clusters')).toEqual([]);
    const keys = await server.store.reader
      .selectFrom('record')
      .select('key')
      .where('id', 'in', ids)
      .execute();
    await server.store.writer
      .insertInto('record_item')
      .values(keys.map(({ key }) => ({ item: '01WEB', record: key })))
      .execute();
    expect(await found('clusters')).toMatchObject([{ evidence: { count: 3 }, about: ['01WEB'] }]);
  });

  it('[PRB-25] name a service once, though records are about it as an item as well', async () => {
    for (const place of ['Basel', 'Lyon', 'Graz'])
      await open(`Mailbox cannot be opened in ${place}`, ['mail', '01DB'], { service: 'mail' });
    const [cluster] = await found('clusters');
    expect(cluster?.fields.map(({ field, name }) => `${field} ${name}`)).toEqual([
      'service E-mail',
      'item Item DB',
    ]);
    expect(cluster?.about).toEqual(['01DB']);
  });

  it('[PRB-25] [PRB-26] hand a problem no item that only restricted ones are about', async () => {
    const secret = { restrictedTo: server.teams.get('Desk') };
    for (const place of ['Basel', 'Lyon', 'Graz'])
      await open(`Badge reader rejects cards in ${place}`, ['01HOST', '01DB'], secret);
    await open('Badge reader rejects cards in Porto', ['01DB']);
    const [cluster] = await found('clusters');
    expect(cluster?.fields.map(({ name, count }) => `${name} ${count}`)).toEqual([
      'Item DB 4',
      'Item HOST 3',
    ]);
    expect(cluster?.about).toEqual(['01DB']);
  });

  it('[PRB-25] tell no item to who may not read the configuration', async () => {
    for (const place of ['Basel', 'Lyon', 'Graz'])
      await open(`Badge reader rejects cards in ${place}`, ['01HOST']);
    for (const _ of [1, 2, 3]) await open('Nobody gets in', ['01HOST']);
    const [all, less] = [await keyOf('configuration.read'), await keyOf()];
    for (const path of ['clusters', 'recurrences'] as const) {
      expect(JSON.stringify(await found(path, all))).toContain('Item HOST');
      const told = JSON.stringify(await found(path, less));
      expect(told).not.toContain('HOST');
    }
    expect(await found('clusters', less)).toMatchObject([
      ...[
        { fields: [], about: [] },
        { fields: [], about: [] },
      ],
    ]);
  });
});

describe('recurrences and items', () => {
  it('[PRB-22] [PRB-24] say which items all of it is about', async () => {
    for (const _ of [1, 2, 3]) await open('Printer jams', ['01WEB', '01DB']);
    const [one] = await found('recurrences');
    expect(one?.items.map(({ name, count }) => `${name} ${count}`)).toEqual(['Item DB 3', 'Item WEB 3']);
    expect(one?.about).toEqual(['01DB', '01WEB']);
    const csv = await (await agent.call('GET', '/api/trends/recurrences.csv')).text();
    expect(csv).toContain('Item DB (3), Item WEB (3)');
  });

  it('[PRB-22] [CFG-103] find two majors of an item in ninety days, whatever else each is about, against a count in SQL', async () => {
    const { writer, reader } = server.store;
    const major = async (title: string, items: readonly Item[], days: number) => {
      const id = await open(title, items);
      const at = { major: 'closed', created_at: Date.now() - days * DAY };
      await writer.updateTable('record').set(at).where('id', '=', recordId(id)).execute();
      return id;
    };
    const shared = [
      await major('Database stands still', ['01HOST'], 80),
      // names one that sorts before it
      await major('No space left on the disk', ['01DB', '01OLD'], 5),
    ];
    const twice = [
      await major('Storefront answers nothing', ['01WEB', 'mail'], 60),
      await major('Orders are lost', ['01WEB', 'mail'], 3),
    ];
    await major('Database is slow', ['01DB'], 95);
    await open('Database asks for a licence', ['01DB']);

    const { rows } = await sql<{ item: string; ids: string }>`
      select coalesce(json_extract(ci.data, '$.sameAs'), named.item) as item,
        group_concat(distinct record.id) as ids from record_item named
      join record on record.key = named.record
      left join configuration_item ci on ci.id = named.item
      where record.drill = 0 and record.major in ('accepted', 'closed')
        and record.created_at > ${Date.now() - 90 * DAY}
      group by 1 having count(distinct record.id) >= 2`.execute(reader);
    const expected = new Set(rows.map(({ ids }) => ids.split(',').toSorted().join()));
    expect(expected).toEqual(new Set([shared.toSorted().join(), twice.toSorted().join()]));

    const told = (await found('recurrences')).filter(({ rules }) => rules.includes('majors'));
    // those that rest on the same two are one
    expect(told).toHaveLength(expected.size);
    expect(new Set(told.map(({ evidence }) => evidence.ids.toSorted().join()))).toEqual(expected);
    const both = told.find(({ evidence }) => evidence.ids.includes(twice[0] ?? ''));
    expect(both?.about.toSorted()).toEqual(['01WEB', 'mail']);
    expect(told.find((one) => one !== both)?.about).toEqual(['01HOST']);
  });

  it('[PRB-24] [CFG-103] find what came back too often, however long ago, under the item that stays', async () => {
    const { writer } = server.store;
    const past = async (title: string, items: readonly Item[], reopened: number, service: 'mail' | null) => {
      const id = await open(title, items, { category: 'Backup', service });
      const created_at = Date.now() - 200 * DAY;
      const at = { created_at, resolved_at: created_at + DAY, reopened };
      await writer.updateTable('record').set(at).where('id', '=', recordId(id)).execute();
      return id;
    };
    const joined = ['01HOST', '01OLD', '01OLD', '01HOST', '01OLD', '01HOST'] as const;
    const ids: string[] = [];
    for (const [at, item] of joined.entries())
      ids.push(await past('Backup ends half', [item], at < 2 ? 1 : 0, null));
    const bare: string[] = [];
    for (const at of [0, 1, 2, 3, 4]) bare.push(await past('Restore asks twice', [], at < 2 ? 2 : 0, 'mail'));
    // a fifth of ten is not more than a fifth
    for (const at of [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
      await past('Tape is full', ['01DB'], at < 2 ? 1 : 0, null);
    // each its own, though the words are the same
    for (const item of ['01DB', '01WEB'] as const) await past('Backup ends half', [item], 1, null);

    const told = await found('recurrences');
    expect(new Set(told.map(({ evidence }) => evidence.ids.toSorted().join()))).toEqual(
      new Set([ids.slice(0, 2), bare.slice(0, 2)].map((two) => two.toSorted().join())),
    );
    for (const { rules } of told) expect(rules).toEqual(['reopened']);
    expect(told.find(({ title }) => title === 'Backup ends half')?.about).toEqual(['01HOST']);
  });
});
