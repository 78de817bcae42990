import { commandId, recordId } from '@muster/domain/shared';
import type { CommandEnvelope } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestServer } from '../testing.ts';
import type { TestServer } from '../testing.ts';
import { DueCommands } from './run-due.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.stop());

/** About a meeting that nobody planned. */
function due(target: string, type = 'change-meeting.close'): CommandEnvelope {
  const at = Date.now();
  return { id: commandId(ulid()), type, target: recordId(target), args: {}, basis: 0, clientAt: at };
}

it('what is refused to a clock is logged once for each record and reason, however often it is tried', async () => {
  const told: unknown[] = [];
  const commands = new DueCommands(server.store, { warn: (about: unknown) => told.push(about) });
  const [one, other] = [ulid(), ulid()];
  for (const round of [1, 2, 3]) expect(await commands.run([due(one), due(other)]), `round ${round}`).toBe(0);
  const code = 'change/no-such-meeting';
  const type = 'change-meeting.close';
  expect(told).toEqual([
    { type, record: one, code },
    { type, record: other, code },
  ]);
  await commands.run([due(one, 'change-meeting.dance')]);
  expect(told).toHaveLength(3);
});
