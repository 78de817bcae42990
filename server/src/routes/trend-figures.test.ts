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

async function asked<Answer>(path: string): Promise<Answer> {
  const answer = await agent.call('GET', path);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return (await answer.json()) as Answer;
}

interface Figure {
  readonly count: number;
  readonly records: string;
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
