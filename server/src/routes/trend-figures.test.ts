import { recordId } from '@muster/domain/shared';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const DAY = 86_400_000;

let server: TestServer;
let agent: TestSession;

beforeAll(async () => {
  server = await startTestServer();
  agent = await server.signIn('agent@desk.test');
});
afterAll(() => server.stop());
// what was opened before is left out of what is counted
beforeEach(async () => void (await server.store.writer.updateTable('record').set({ drill: 1 }).execute()));

/** Incidents of so many instants. */
async function opened(title: string, at: readonly number[], fields: object = {}): Promise<void> {
  for (const each of at) {
    const { id } = await agent.createTicket('incident', { title, ...fields });
    const made = { created_at: each };
    await server.store.writer.updateTable('record').set(made).where('id', '=', recordId(id)).execute();
  }
}

async function asked<Answer>(path: string, session = agent): Promise<Answer> {
  const answer = await session.call('GET', path);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as Answer;
}

/** Opened one after the other, the newest just now. */
const instants = (many: number) => Array.from({ length: many }, (_, each) => Date.now() - each * 1_000);

interface Page {
  readonly records: readonly { readonly id: string; readonly title: string }[];
  readonly next: string | null;
}
interface Figure {
  readonly count: number;
  readonly records: string;
}
interface Evidence {
  readonly count: number;
  readonly ids: readonly string[];
  readonly linkable: readonly string[];
}
const opens = async ({ records }: Figure): Promise<number> =>
  (await asked<{ records: unknown[] }>(`${records}&limit=200`)).records.length;

describe('what recurs', () => {
  it('[PRB-70] is held against the weeks before it, whatever span is asked for', async () => {
    const now = Date.now();
    const weeks = Array.from({ length: 12 }, (_, week) =>
      [1, 3, 5].map((day) => now - (7 * week + 7 + day) * DAY),
    );
    await opened('VPN drops', [...weeks.flat(), ...[1, 2, 3, 4].map((day) => now - day * DAY)]);
    const rulesOf = async (query: string) =>
      (
        await asked<{ recurrences: { rules: string[] }[] }>(`/api/trends/recurrences${query}`)
      ).recurrences.map(({ rules }) => rules.join());
    expect(await rulesOf('')).toEqual(['count']);
    expect(await rulesOf(`?from=${now - 30 * DAY}`)).toEqual(['count']);
  });
});

describe('the records behind a figure', () => {
  it('[PRB-71] are those of the whole first week, where the span begins within it', async () => {
    const monday = Date.UTC(2026, 4, 4);
    await opened(
      'Badge lost',
      [0, 1, 2, 3, 4].map((day) => monday + day * DAY),
    );
    const span = `from=${monday + 3 * DAY}&to=${monday + 14 * DAY}&zone=UTC`;
    const { weeks } = await asked<{ weeks: Figure[] }>(`/api/trends/weeks?${span}`);
    expect(weeks[0]).toMatchObject({ count: 5 });
    for (const week of weeks) expect(await opens(week)).toBe(week.count);
  });

  it('[PRB-71] of very many alike are handed to a problem as many as it may name', async () => {
    await opened('Printer jams', instants(160));
    const { clusters } = await asked<{ clusters: (Figure & { evidence: Evidence })[] }>(
      '/api/trends/clusters',
    );
    expect(clusters[0]?.evidence).toMatchObject({ count: 160 });
    expect(clusters[0]?.evidence.ids).toHaveLength(160);
    expect(clusters[0]?.evidence.linkable).toHaveLength(160);
  });

  it.each(['clusters', 'recurrences'] as const)(
    '[PRB-85] of very many come in steps, each once and as they were counted: %s',
    async (kind) => {
      // of one instant more than an address names
      const at = Date.now() - DAY;
      await opened('Printer jams', [...instants(20), ...Array.from({ length: 180 }, () => at)]);
      await opened('Mail is slow', instants(4));
      const told = await asked<Record<typeof kind, (Figure & { evidence: Evidence })[]>>(
        `/api/trends/${kind}`,
      );
      const [{ evidence, records } = { evidence: undefined, records: '' }] = told[kind];
      expect(evidence?.count).toBe(200);
      expect(records.length).toBeLessThan(6_000);
      await opened('Printer jams', [Date.now()]);
      const other = await server.signIn('other@desk.test');
      const first = await asked<Page>(`${records}&limit=150`);
      expect(first.records.map(({ id }) => id)).toEqual(evidence?.ids.slice(0, 150));
      // restricted after it was counted
      const id = recordId(evidence?.ids[170] ?? '');
      const restricted = { restricted_to: server.teams.get('Desk') ?? null };
      await server.store.writer.updateTable('record').set(restricted).where('id', '=', id).execute();
      const rest = await asked<Page>(`${records}&limit=150&cursor=${first.next}`);
      expect(rest.records.map((each) => each.id)).toEqual(evidence?.ids.slice(150));
      expect(rest.next).toBeNull();
      const theirs = await asked<Page>(`${records}&limit=150&cursor=${first.next}`, other);
      expect(theirs.records).toHaveLength(49);
    },
  );

  it('[PRB-71] are in the table of a Pareto, also where a group has no bar', async () => {
    for (let at = 0; at < 203; at += 1) await opened('Odd', [Date.now()], { category: `Kind ${at}` });
    const { bars, others } = await asked<{ bars: Figure[]; others: object }>(
      '/api/trends/pareto?by=category',
    );
    expect(bars).toHaveLength(200);
    expect(others).toMatchObject({ groups: 3, count: 3 });
    const csv = await (await agent.call('GET', '/api/trends/pareto.csv?by=category')).text();
    const rows = csv.trimEnd().split('\r\n').slice(1, -1);
    expect(rows).toHaveLength(203);
    expect(rows.join()).not.toContain('others');
  });

  it('[PRB-84] [PRB-26] are those of all groups without a bar together, as far as whoever asks may read them', async () => {
    const other = await server.signIn('other@desk.test');
    for (let at = 0; at < 202; at += 1)
      await opened(`Odd ${at}`, [Date.now()], { category: `Kind ${String(at).padStart(3, '0')}` });
    await opened('Secret', [Date.now()], { category: 'Kind 900', restrictedTo: server.teams.get('Desk') });
    await opened('Bare', [Date.now()]);
    await opened('Elsewhere', [Date.now()], { category: 'Kind 000' });
    const behind = async (session: TestSession, query: string) => {
      const { others } = await asked<{ others: Figure & { groups: number } }>(
        `/api/trends/pareto?by=category${query}`,
        session,
      );
      const { records } = await asked<{ records: { title: string }[] }>(others.records, session);
      expect(records).toHaveLength(others.count);
      return records.map(({ title }) => title).toSorted();
    };
    expect(await behind(agent, '')).toEqual(['Odd 200', 'Odd 201', 'Secret']);
    expect(await behind(other, '')).toEqual(['Odd 200', 'Odd 201']);
    // narrowed alike: what has a bar is another one then
    expect(await behind(agent, '&words=odd%2020')).toEqual([]);
  });

  it('[PRB-84] count one that belongs to several groups without a bar once, whatever else it is about', async () => {
    const items = Array.from({ length: 200 }, (_, at) => `01ITEM${String(at).padStart(3, '0')}`);
    const [first = ''] = items;
    await opened('About all', [Date.now(), Date.now()]);
    await opened('Odd one', [Date.now()]);
    const { reader, writer } = server.store;
    const rows = await reader.selectFrom('record').select(['key', 'title']).where('drill', '=', 0).execute();
    const about = rows.flatMap(({ key, title }) =>
      (title === 'Odd one' ? [first, '01Z1', '01Z2'] : items).map((item) => ({ item, record: key })),
    );
    await writer.insertInto('record_item').values(about).execute();
    const { others } = await asked<{ others: Figure }>('/api/trends/pareto?by=item');
    expect(others).toMatchObject({ groups: 2, count: 1 });
    expect(await opens(others)).toBe(1);
    await writer.deleteFrom('record_item').execute();
  });

  it('[PRB-84] are none where each group has a bar', async () => {
    await opened('Badge lost', [Date.now()], { category: 'Doors' });
    for (const by of ['item', 'cause', 'service', 'category', 'team', 'resolution', 'caller'])
      expect(await opens({ count: 0, records: `/api/trends/records?others=${by}` }), by).toBe(0);
  });
});
