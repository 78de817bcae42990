import { recordId } from '@muster/domain/shared';
import { sql } from 'kysely';
import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const DAY = 86_400_000;

let server: TestServer;
let agent: TestSession;
let other: TestSession;

beforeAll(async () => {
  server = await startTestServer();
  [agent, other] = await Promise.all([server.signIn('agent@desk.test'), server.signIn('other@desk.test')]);
  await server.store.writer
    .insertInto('service')
    .values([
      { id: 'mail', name: 'E-mail', team: null, criticality: 2 },
      { id: 'vpn', name: 'VPN', team: null, criticality: 2 },
    ])
    .execute();
  await server.store.refreshDirectory();
  const make = (title: string, more: object) => agent.createTicket('incident', { title, ...more });
  for (const place of ['Basel', 'Lyon', 'Graz', 'Porto'])
    await make(`Mailbox cannot be opened in ${place}`, { service: 'mail', category: 'Outlook' });
  await make('VPN drops', { service: 'vpn', category: 'Network' });
  await make('the vpn: Drops', { service: 'vpn', category: 'Network' });
  await make('VPN drops again', { service: 'vpn', category: 'Network' });
  await make('Badge lost', {});
  await make('Mailbox cannot be opened in Turku', { service: 'mail', tags: ['drill'] });
  const secret = { restrictedTo: server.teams.get('Desk'), service: 'mail', category: 'Outlook' };
  await make('Mailbox cannot be opened by the board', secret);
});
afterAll(() => server.stop());

async function asked<Answer = Record<string, never>>(
  path: string,
  session: TestSession = agent,
): Promise<Answer> {
  const answer = await session.call('GET', path);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as Answer;
}

interface Records {
  readonly records: readonly { readonly title: string }[];
  readonly next: string | null;
}
const titlesAt = async (path: string, session = agent): Promise<readonly string[]> =>
  (await asked<Records>(path, session)).records.map(({ title }) => title).toSorted();

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

interface Clusters {
  readonly clusters: readonly {
    readonly title: string;
    readonly words: readonly { readonly word: string; readonly count: number }[];
    readonly fields: readonly { readonly field: string; readonly name: string; readonly count: number }[];
    readonly evidence: {
      readonly count: number;
      readonly linkable: readonly string[];
      readonly records: readonly { readonly title: string }[];
    };
    readonly records: string;
  }[];
}

describe('GET /api/trends/clusters', () => {
  it('[PRB-25] [PRB-26] are of three and more that say the same, with the words and fields that they share', async () => {
    const { clusters } = await asked<Clusters>('/api/trends/clusters');
    expect(clusters.map(({ evidence }) => evidence.count)).toEqual([5, 3]);
    const [mail, vpn] = clusters;
    expect(mail?.words.map(({ word, count }) => `${word} ${count}`).toSorted()).toEqual([
      'mailbox 5',
      'opened 5',
    ]);
    expect(mail?.fields).toEqual([
      { field: 'service', value: 'mail', name: 'E-mail', count: 5 },
      { field: 'category', value: 'Outlook', name: 'Outlook', count: 5 },
    ]);
    // a problem would name the restricted one to who may not read it
    expect(mail?.evidence.linkable).toHaveLength(4);
    expect(await titlesAt(vpn?.records ?? '')).toEqual(['VPN drops', 'VPN drops again', 'the vpn: Drops']);
    const theirs = await asked<Clusters>('/api/trends/clusters', other);
    expect(theirs.clusters.map(({ evidence }) => evidence.count)).toEqual([4, 3]);
    expect(JSON.stringify(theirs)).not.toContain('board');
  });
});

describe('GET /api/trends/recurrences', () => {
  it('[PRB-22] [PRB-24] are what happened three times in thirty days, in whatever order of words', async () => {
    const { recurrences } = await asked<{
      recurrences: { title: string; rules: string[]; records: string }[];
    }>('/api/trends/recurrences');
    expect(recurrences).toMatchObject([
      { title: 'VPN drops again', rules: ['week', 'count'], serviceName: 'VPN' },
    ]);
    expect(await titlesAt(recurrences[0]?.records ?? '')).toHaveLength(3);
  });
});

describe('GET /api/trends/weeks', () => {
  it('[PRB-21] ends with the week that goes on, which is held against none', async () => {
    const { weeks } = await asked<{ weeks: { count: number; isWhole: boolean; records: string }[] }>(
      '/api/trends/weeks?zone=Europe/Zurich&service=vpn',
    );
    expect(weeks).toMatchObject([{ count: 3, isWhole: false, isOut: false, mean: null }]);
    expect(await titlesAt(weeks[0]?.records ?? '')).toHaveLength(3);
  });
});

describe('GET /api/trends/fix-effect', () => {
  it('[PRB-23] tells what came before a fix and after it, and how many days are over', async () => {
    const fixedAt = Date.now() - 2 * DAY;
    const effect = await asked<{ after: { count: number; records: string } }>(
      `/api/trends/fix-effect?service=vpn&fixedAt=${fixedAt}`,
    );
    expect(effect).toMatchObject({ before: { count: 0 }, after: { count: 3 }, daysOver: 2, verdict: null });
    expect(await titlesAt(effect.after.records)).toHaveLength(3);
  });
});

describe('GET /api/trends/records', () => {
  it('refuses an instant that no desk sees, in words, and opens a figure of a span that ends in days to come', async () => {
    for (const query of [
      'records?weekday=0&to=8000000000000000',
      'weeks?from=1e16',
      'fix-effect?fixedAt=-1',
    ]) {
      const answer = await agent.call('GET', `/api/trends/${query}`);
      expect(answer.status).toBe(400);
      expect(await answer.text()).toMatch(/must not be (after 2100|before 1970)/);
    }
    const late = `zone=Europe/Zurich&to=${Date.UTC(2099, 0, 1)}`;
    const { hours } = await asked<{ hours: { count: number; records: string }[][] }>(
      `/api/trends/heat-map?${late}`,
    );
    const busy = hours.flat().find(({ count }) => count > 0);
    expect(await titlesAt(`${busy?.records ?? ''}&limit=200`)).toHaveLength(busy?.count ?? -1);
  });

  it('comes in pages, each record once', async () => {
    const seen: string[] = [];
    let next: string | null = null;
    do {
      const page: Records = await asked(
        `/api/trends/records?limit=3${next === null ? '' : `&cursor=${next}`}`,
      );
      seen.push(...page.records.map(({ title }) => title));
      next = page.next;
    } while (next !== null);
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.toSorted()).toEqual(await titlesAt('/api/trends/records?limit=200'));
  });
});

describe('what a trend is called', () => {
  it('[PRB-25] [PRB-22] are words of a record that a problem may name, where there is one', async () => {
    const secret = { restrictedTo: server.teams.get('Desk'), service: 'vpn', category: 'Board' };
    for (const title of ['Printer jams upstairs', 'Printer jams upstairs', 'Printer jams'])
      await agent.createTicket('incident', { ...secret, title: `${title} for Ms Secret` });
    await agent.createTicket('incident', { ...secret, restrictedTo: null, title: 'Printer jams upstairs' });
    interface Named {
      readonly title: string;
      readonly evidence: { readonly ids: readonly string[]; readonly linkable: readonly string[] };
    }
    const narrowed = 'service=vpn&category=Board';
    const { clusters } = await asked<{ clusters: Named[] }>(`/api/trends/clusters?${narrowed}`);
    const mixed = clusters.find(({ evidence }) => evidence.linkable.length === 1);
    expect(mixed?.evidence.ids.length).toBeGreaterThan(1);
    expect(mixed?.title).toBe('Printer jams upstairs');
  });
});

describe('a key that reads problems and incidents, and not the directory', () => {
  it('[PRB-20] [PRB-25] counts by people, teams and services, and is told none of their names', async () => {
    const admin = await server.signIn('admin@desk.test');
    const scopes = ['problem.read', 'incident.read', 'directory.read'];
    const told = async (held: readonly string[]): Promise<string> => {
      const made = await admin.call('POST', '/api/keys', { name: 'Pipeline', scopes: held });
      const { token } = (await made.json()) as { token: string };
      const paths = [
        'pareto?by=service',
        'pareto?by=caller',
        'pareto.csv?by=service',
        'clusters',
        'recurrences',
      ];
      const answers = paths.map((path) =>
        fetch(`${server.url}/api/trends/${path}`, { headers: { authorization: `Bearer ${token}` } }),
      );
      return (await Promise.all((await Promise.all(answers)).map((answer) => answer.text()))).join('\n');
    };
    const [all, less] = [await told(scopes), await told(scopes.slice(0, 2))];
    for (const name of ['"VPN"', '"E-mail"', 'E-mail,']) {
      expect(all).toContain(name);
      expect(less).not.toContain(name);
    }
    expect(less).toContain('"vpn"');
  });
});
