import { personId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mailAt, startTestServer } from '../testing.ts';
import type { TestServer } from '../testing.ts';
import { startTestMailServer } from './mail/test-mail-server.ts';
import type { TestMailServer } from './mail/test-mail-server.ts';

const ORIGIN = 'https://desk.example.org';
const LATER = 5 * 60_000;

let mails: TestMailServer;
let server: TestServer;
beforeAll(async () => {
  mails = await startTestMailServer();
  server = await startTestServer({ mail: mails.settings, origin: ORIGIN });
});
afterAll(async () => {
  await server.stop();
  await mails.close();
});

it('[CHG-60] [DSK-110] a task of a change goes by mail to its owner, with the number and a link to the change', async () => {
  const agent = await server.signIn('agent@desk.test');
  const id = ulid();
  const made = await agent.run('change.create', id, { model: 'normal', fields: { title: 'New relay' } });
  const number = made.outcome === 'applied' ? made.number : null;
  const owner = personId(server.account('other@desk.test').id);
  const task = { title: 'Swap', kind: 'implementation', owner, team: null, after: [], backout: '' };
  const fields = { ...task, plannedMinutes: null };
  await agent.run('change.add-task', id, { task: 'a', fields }, 1);
  const requester = server.account('requester@desk.test').id;
  await agent.run('change.add-task', id, { task: 'b', fields: { ...fields, owner: requester } }, 2);
  await mailAt(server, Date.now());
  expect(mails.received).toEqual([]);
  await mailAt(server, Date.now() + LATER);
  expect(mails.received.map(({ to }) => to)).toEqual([['other@desk.test']]);
  const [mail] = mails.received;
  const words = JSON.stringify(mail);
  for (const part of [
    `[${String(number)}] New relay`,
    `${ORIGIN}/change/${id}`,
    'gave you a task of this change',
  ])
    expect(words).toContain(part);
});
