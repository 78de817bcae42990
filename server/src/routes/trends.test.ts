import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAY, openTrendDesk } from './test-trends.ts';
import type { TrendDesk, TrendRecords } from './test-trends.ts';

let server: TrendDesk['server'];
let agent: TrendDesk['agent'];
let other: TrendDesk['other'];
let asked: TrendDesk['asked'];
let titlesAt: TrendDesk['titlesAt'];

beforeAll(async () => {
  ({ server, agent, other, asked, titlesAt } = await openTrendDesk());
});
afterAll(() => server.stop());

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
      const page: TrendRecords = await asked(
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
