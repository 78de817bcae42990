/** A desk with a few incidents that have something in common, and how tests ask for what is counted of them. */
import { expect } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

export const DAY = 86_400_000;

export interface TrendRecords {
  readonly records: readonly { readonly title: string }[];
  readonly next: string | null;
}

export interface TrendDesk {
  readonly server: TestServer;
  readonly agent: TestSession;
  /** In none of the teams. */
  readonly other: TestSession;
  /** As the agent, unless another session is named. */
  readonly asked: <Answer = Record<string, never>>(path: string, session?: TestSession) => Promise<Answer>;
  readonly titlesAt: (path: string, session?: TestSession) => Promise<readonly string[]>;
}

export async function openTrendDesk(): Promise<TrendDesk> {
  const server = await startTestServer();
  const [agent, other] = await Promise.all([
    server.signIn('agent@desk.test'),
    server.signIn('other@desk.test'),
  ]);
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
  const asked = async <Answer = Record<string, never>>(path: string, session = agent): Promise<Answer> => {
    const answer = await session.call('GET', path);
    expect(answer.status, await answer.clone().text()).toBe(200);
    return (await answer.json()) as Answer;
  };
  const titlesAt = async (path: string, session = agent): Promise<readonly string[]> =>
    (await asked<TrendRecords>(path, session)).records.map(({ title }) => title).toSorted();
  return { server, agent, other, asked, titlesAt };
}
