import { ulid } from 'ulid';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createKeyForMachines } from '../access/keys.ts';
import { startTestServer } from '../testing.ts';
import type { TestServer, TestSession } from '../testing.ts';

const PER_MINUTE = 6;

let server: TestServer;
let agent: TestSession;
let other: TestSession;
beforeAll(async () => {
  server = await startTestServer({ commandsPerMinute: PER_MINUTE });
  [agent, other] = await Promise.all([server.signIn('agent@desk.test'), server.signIn('other@desk.test')]);
});
afterAll(() => server.stop());

/** How often the record's title was changed, as its history says. */
async function edits(session: TestSession, id: string): Promise<number> {
  const answer = await session.call('GET', `/api/records/${id}`);
  const { events } = (await answer.json()) as { readonly events: readonly { event: { type: string } }[] };
  return events.filter(({ event }) => event.type !== 'created').length;
}

describe('how many commands a person may run', () => {
  it('is bounded for each person by itself; what is over is refused whole, with the time to wait', async () => {
    const { id } = await agent.createTicket('desk');
    const commands = Array.from({ length: PER_MINUTE }, (_, n) => ({
      id: ulid(),
      type: 'desk.edit',
      target: id,
      args: { fields: { title: `Title ${n}` } },
      basis: 0,
      clientAt: Date.now(),
    }));
    const answer = await agent.call('POST', '/api/commands', commands);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(await answer.json()).toMatchObject({ code: 'too-many-requests' });
    expect(await edits(other, id)).toBe(0);
    expect(await other.run('desk.edit', id, { fields: { title: 'Of another' } })).toMatchObject({
      outcome: 'applied',
    });
    expect(await edits(other, id)).toBe(1);
  });

  it('counts the keys that a person made with them, whoever the keys act as, and those of nobody by themselves', async () => {
    const admin = await server.signIn('admin@desk.test');
    const scopes = ['desk.read', 'desk.work'];
    const tokens = await Promise.all(
      ['One', 'Two'].map(async (name) => {
        const made = await admin.call('POST', '/api/keys', { name, scopes });
        return ((await made.json()) as { token: string }).token;
      }),
    );
    const run = async (token: string, commands: number): Promise<number> => {
      const body = Array.from({ length: commands }, () => ({
        ...{ id: ulid(), type: 'desk.edit', target: ulid(), args: {}, basis: 0, clientAt: Date.now() },
      }));
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
      const answer = await fetch(`${server.url}/api/commands`, {
        ...{ method: 'POST', headers, body: JSON.stringify(body) },
      });
      return answer.status;
    };
    const [one = '', two = ''] = tokens;
    expect(await run(one, PER_MINUTE - 1)).toBe(200);
    expect(await run(two, 2)).toBe(429);
    const { secret } = await createKeyForMachines(server.store, { name: 'Machine', scopes });
    expect(await run(secret, PER_MINUTE)).toBe(200);
    expect(await run(secret, 1)).toBe(429);
  });
});
