import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../store/test-store.ts';
import { mailAt, startTestServer } from '../testing.ts';
import type { TestServer } from '../testing.ts';
import { startChild } from './test-child.ts';
import { startTestMailServer } from './mail/test-mail-server.ts';

const CHILD = fileURLToPath(new URL('./cut-off-child.ts', import.meta.url));

const stateOf = (server: TestServer) =>
  server.store.writer.selectFrom('delivery').select(['state', 'attempts']).execute();

it(
  '[DSK-115] a mail whose sending was cut off goes again under its Message-ID, and then no more',
  { timeout: 240_000 },
  async () => {
    const { folder, remove } = temporaryFolder();
    const mails = await startTestMailServer();
    onTestFinished(async () => {
      await mails.close();
      remove();
    });
    // the server takes the mail and its answer never comes: the worst moment to die
    let letGo = (): void => undefined;
    mails.hold = new Promise((resolve) => {
      letGo = resolve;
    });
    const child = startChild(CHILD, folder, JSON.stringify(mails.settings));
    await expect.poll(() => mails.received.length, { timeout: 90_000 }).toBe(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    letGo();
    mails.hold = null;

    const again = await startTestServer({ dataFolder: folder, mail: mails.settings });
    await expect.poll(() => stateOf(again), { timeout: 60_000 }).toEqual([{ state: 'sent', attempts: 2 }]);
    await again.stop();
    const [first, second] = mails.received.map(({ headers }) => headers.get('message-id'));
    expect(first).toMatch(/^<item\.\w{40}@muster\.test>$/);
    expect(second).toBe(first);

    const third = await startTestServer({ dataFolder: folder, mail: mails.settings });
    await mailAt(third, Date.now() + 60 * 60_000);
    await third.stop();
    expect(mails.received).toHaveLength(2);
  },
);

it('[DSK-115] stops in order: what is on its way arrives and is marked', async () => {
  const mails = await startTestMailServer();
  const { folder, remove } = temporaryFolder();
  onTestFinished(async () => {
    await mails.close();
    remove();
  });
  const server = await startTestServer({
    mail: mails.settings,
    dataFolder: folder,
    people: [
      { email: 'agent@desk.test', roles: ['agent'] },
      { email: 'other@desk.test', roles: ['agent'] },
    ],
  });
  const agent = await server.signIn('agent@desk.test');
  const { id } = await agent.createTicket('incident');
  await agent.run('incident.assign', id, { team: null, owner: server.account('other@desk.test').id }, 1);
  let letGo = (): void => undefined;
  mails.hold = new Promise((resolve) => {
    letGo = resolve;
  });
  void mailAt(server, Date.now() + 2 * 60_000);
  await expect.poll(() => mails.received.length).toBe(1);
  const stopped = server.stop();
  letGo();
  await stopped;
  const again = await startTestServer({ dataFolder: folder });
  expect(await stateOf(again)).toEqual([{ state: 'sent', attempts: 1 }]);
  await again.stop();
});
