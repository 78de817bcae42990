import { recordId } from '@muster/domain/shared';
import { sql } from 'kysely';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, openTrendDesk } from './test-trends.ts';
import type { TrendDesk } from './test-trends.ts';

let server: TrendDesk['server'];
let agent: TrendDesk['agent'];
let other: TrendDesk['other'];
let asked: TrendDesk['asked'];
let titlesAt: TrendDesk['titlesAt'];

beforeAll(async () => {
  ({ server, agent, other, asked, titlesAt } = await openTrendDesk());
});
afterAll(() => server.stop());

interface Bar {
  readonly name: string;
  readonly count: number;
  readonly isVital: boolean;
  readonly records: string;
}
interface Pareto {
  readonly bars: readonly Bar[];
  readonly without: { readonly count: number; readonly records: string };
}

describe('GET /api/trends/pareto', () => {
  it('[PRB-20] [PRB-26] counts what the reader may read by what it shares, without drills, with a way to the records', async () => {
    const { bars, without } = await asked<Pareto>('/api/trends/pareto?by=service');
    expect(bars).toMatchObject([
      { name: 'E-mail', count: 5, isVital: true, cumulative: 0.625 },
      { name: 'VPN', count: 3, isVital: true, cumulative: 1 },
    ]);
    expect(without.count).toBe(1);
    expect(await titlesAt(bars[1]?.records ?? '')).toEqual([
      'VPN drops',
      'VPN drops again',
      'the vpn: Drops',
    ]);
    expect(await titlesAt(without.records)).toEqual(['Badge lost']);

    const elsewhere = await asked<Pareto>('/api/trends/pareto?by=service', other);
    expect(elsewhere.bars).toMatchObject([{ count: 4 }, { count: 3 }]);
    const theirs = await titlesAt(elsewhere.bars[0]?.records ?? '', other);
    expect(theirs).toHaveLength(4);
    expect(theirs.join(' ')).not.toContain('board');
    // nor by a way that somebody else was given
    expect(await titlesAt(bars[0]?.records ?? '', other)).toEqual(theirs);
  });

  it('[PRB-20] counts a record with each item that it is about', async () => {
    const { store } = server;
    const keys = await store.reader
      .selectFrom('record')
      .select(['key', 'title'])
      .where('title', 'in', ['VPN drops', 'the vpn: Drops'])
      .execute();
    const about = (item: string) => keys.map(({ key }) => ({ item, record: key }));
    await store.writer.insertInto('record_item').values(about('vpn')).execute();
    const gateway = about('01GATEWAY').slice(0, 1);
    await store.writer.insertInto('record_item').values(gateway).execute();
    const item = { key: 1, number: 'CI-1', class: 'server', name: 'Gateway', state: 'in_use', version: 1 };
    await store.writer
      .insertInto('configuration_item')
      .values({ ...item, id: '01GATEWAY', updated_at: 1, live: 1, data: '{}' })
      .execute();
    const { bars, without } = await asked<Pareto>('/api/trends/pareto?by=item');
    await store.writer.deleteFrom('configuration_item').execute();
    expect(bars).toMatchObject([
      { name: 'VPN', count: 2 },
      { name: 'Gateway', count: 1 },
    ]);
    expect(without.count).toBe(7);
    expect(await titlesAt(bars[0]?.records ?? '')).toEqual(['VPN drops', 'the vpn: Drops']);
    expect(await titlesAt(without.records)).toHaveLength(7);
    await store.writer.deleteFrom('record_item').execute();
  });

  it('[CFG-103] counts what names an item that was joined into another under the one that stays, once', async () => {
    const { store } = server;
    const [host, twin, third] = ['01HOST', '01TWIN', '01THIRD'];
    const made = (key: number, id: string, sameAs?: string) => ({
      ...{ id, key, number: `CI-${key}`, class: 'server', name: id, updated_at: 1, live: 1, version: 1 },
      ...{ state: sameAs === undefined ? 'in_service' : 'retired', data: JSON.stringify({ sameAs }) },
    });
    await store.writer
      .insertInto('configuration_item')
      .values([made(1, host), made(2, twin, host), made(3, third, twin)])
      .execute();
    const keys = await store.reader.selectFrom('record').select(['key', 'title']).execute();
    const about = (title: string, ...items: readonly string[]) =>
      keys
        .filter((each) => each.title === title)
        .flatMap(({ key }) => items.map((item) => ({ item, record: key })));
    await store.writer
      .insertInto('record_item')
      .values([
        ...[...about('VPN drops', third, host), ...about('the vpn: Drops', twin)],
        ...about('Badge lost', third),
      ])
      .execute();
    const { bars } = await asked<Pareto>('/api/trends/pareto?by=item');
    expect(bars).toMatchObject([{ name: host, count: 3 }]);
    const all = ['Badge lost', 'VPN drops', 'the vpn: Drops'];
    expect(await titlesAt(bars[0]?.records ?? '')).toEqual(all);
    expect((await asked<Pareto>(`/api/trends/pareto?by=item&item=${twin}`)).bars).toMatchObject([
      { name: host, count: 3 },
    ]);
    await store.writer.deleteFrom('configuration_item').execute();
    await store.writer.deleteFrom('record_item').execute();
  });

  it('[PRB-28] counts by the problems behind, named by their causes, with the same figures as a count of its own', async () => {
    const { store } = server;
    const kept = await store.reader.selectFrom('record').select(['id', 'title']).execute();
    const named = (word: string) => kept.filter(({ title }) => title.includes(word)).map(({ id }) => id);
    const fields = {
      ...{ title: 'Tunnels end', service: null, items: [], team: null, owner: null },
      ...{ impact: 2, urgency: 2, major: false, workaround: '', fix: '' },
    };
    const open = async (title: string, incidents: readonly string[]) => {
      const [id, origin] = [ulid(), { kind: 'found', incident: null, evidence: '' }];
      const args = { fields: { ...fields, title }, origin, incidents };
      expect(await agent.run('problem.create', recordId(id), args)).toMatchObject({ outcome: 'applied' });
      return recordId(id);
    };
    const [tunnel, lease] = [await open('Tunnels end', named('VPN')), await open('Leases', named('again'))];
    const cause = { factor: 'f', text: 'The lease ends' };
    expect(await agent.run('problem.state-cause', lease, cause, 1)).toMatchObject({ outcome: 'applied' });
    const gone = await open('Nothing', named('Badge'));
    expect(await agent.run('problem.step', gone, { to: 'assess' }, 1)).toMatchObject({ outcome: 'applied' });
    const cancel = { to: 'cancelled', reason: 'No' };
    expect(await agent.run('problem.step', gone, cancel, 2)).toMatchObject({ outcome: 'applied' });

    const { bars, without } = await asked<Pareto>('/api/trends/pareto?by=cause');
    expect(bars.map(({ name }) => name)).toEqual([
      expect.stringMatching(/^PRB-.* Tunnels end$/),
      expect.stringMatching(/^PRB-.* The lease ends$/),
    ]);
    const counts = await sql<{ problem: string; count: number }>`
      select problem.id as problem, count(*) as count from problem
      join problem_incident on problem_incident.problem = problem.key
      join record on record.id = problem_incident.incident
      where problem.id in (${tunnel}, ${lease}) group by problem.id order by count desc`.execute(
      store.reader,
    );
    expect(bars.map(({ count }) => count)).toEqual(counts.rows.map(({ count }) => count));
    for (const bar of bars) expect(await titlesAt(bar.records)).toHaveLength(bar.count);
    expect(await titlesAt(without.records)).toHaveLength(without.count);
    expect(await titlesAt(without.records)).toContain('Badge lost');
    expect(await titlesAt(bars[1]?.records ?? '')).toEqual(['VPN drops again']);
  });

  it('[PRB-29] is narrowed by items that all of it is about, and so are the records behind it', async () => {
    const { store } = server;
    const keys = await store.reader
      .selectFrom('record')
      .select(['key', 'title'])
      .where('title', 'like', '%VPN drops%')
      .orderBy('title')
      .execute();
    const [one, two] = keys;
    if (one === undefined || two === undefined) throw new Error('no records');
    const about = [
      { item: 'vpn', record: one.key },
      { item: 'mail', record: one.key },
      { item: 'vpn', record: two.key },
    ];
    await store.writer.insertInto('record_item').values(about).execute();
    const { bars } = await asked<Pareto>('/api/trends/pareto?by=category&item=vpn');
    expect(bars).toMatchObject([{ name: 'Network', count: 2 }]);
    expect(await titlesAt(bars[0]?.records ?? '')).toEqual([one.title, two.title]);
    const both = await asked<Pareto>('/api/trends/pareto?by=item&item=vpn');
    expect(both.bars).toMatchObject([
      { name: 'VPN', count: 2 },
      { name: 'E-mail', count: 1 },
    ]);
    expect(await titlesAt(both.bars[1]?.records ?? '')).toEqual([one.title]);
    expect((await asked<Pareto>('/api/trends/pareto?by=category&item=vpn,mail')).bars).toMatchObject([
      { count: 1 },
    ]);
    const weeks = await asked<{ weeks: { count: number }[] }>('/api/trends/weeks?item=mail');
    expect(weeks.weeks.map(({ count }) => count)).toEqual([1]);
    await store.writer.deleteFrom('record_item').execute();
  });

  it('is narrowed by service, words, category and span', async () => {
    const counts = async (query: string) =>
      (await asked<Pareto>(`/api/trends/pareto?by=category&${query}`)).bars.map(
        ({ name, count }) => `${name} ${count}`,
      );
    expect(await counts('service=vpn')).toEqual(['Network 3']);
    expect(await counts('words=mailbox%20gra')).toEqual(['Outlook 1']);
    expect(await counts('category=Outlook')).toEqual(['Outlook 5']);
    expect(await counts(`from=${Date.now() + DAY}`)).toEqual([]);
    expect(await counts(`to=${Date.now() - DAY}`)).toEqual([]);
  });

  it('is a table too, in which nothing is a formula', async () => {
    await agent.createTicket('incident', { title: 'Odd', category: '=1+1' });
    const answer = await agent.call('GET', '/api/trends/pareto.csv?by=category');
    expect(answer.headers.get('content-type')).toContain('text/csv');
    expect((await answer.text()).split('\r\n')).toEqual([
      'name,count,cumulative,vital,id',
      'Outlook,5,0.56,yes,Outlook',
      'Network,3,0.89,yes,Network',
      "'=1+1,1,1,no,'=1+1",
      '(none),1,,,',
      '',
    ]);
  });

  it('is for who reads problems and these records', async () => {
    const requester = await server.signIn('requester@desk.test');
    for (const path of ['pareto?by=service', 'weeks', 'records', 'clusters.csv'])
      expect((await requester.call('GET', `/api/trends/${path}`)).status).toBe(403);
    expect((await server.call('GET', '/api/trends/weeks')).status).toBe(401);
    expect((await agent.call('GET', '/api/trends/pareto?by=mood')).status).toBe(400);
    expect((await agent.call('GET', '/api/trends/heat-map?zone=Mars/Base')).status).toBe(400);
  });
});
