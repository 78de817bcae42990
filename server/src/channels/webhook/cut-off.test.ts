import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryFolder } from '../../store/test-store.ts';
import { startTestServer } from '../../testing.ts';
import { startChild } from '../test-child.ts';
import { startTestReceiver } from './test-receiver.ts';

const CHILD = fileURLToPath(new URL('./cut-off-child.ts', import.meta.url));

it(
  '[DSK-176] an event whose sending was cut off goes again under its id, and then no more',
  { timeout: 240_000 },
  async () => {
    const { folder, remove } = temporaryFolder();
    const receiver = await startTestReceiver();
    onTestFinished(async () => {
      await receiver.close();
      remove();
    });
    // the receiver has it and its answer never comes: the worst moment to die
    receiver.answer = () => 'silence';
    const child = startChild(CHILD, folder, receiver.url);
    await expect.poll(() => receiver.received.length, { timeout: 90_000 }).toBe(1);
    child.kill('SIGKILL');
    await once(child, 'exit');
    receiver.answer = () => 200;

    const again = await startTestServer({ dataFolder: folder, webhookPrivate: true });
    const states = () =>
      again.store.writer.selectFrom('webhook_delivery').select(['state', 'attempts']).execute();
    await expect.poll(states, { timeout: 60_000 }).toEqual([{ state: 'sent', attempts: 2 }]);
    await again.stop();
    const [first, second] = receiver.received.map(({ headers }) => headers['muster-webhook-id']);
    expect(first).toMatch(/^[0-9a-f]{40}$/);
    expect(second).toBe(first);

    const third = await startTestServer({ dataFolder: folder, webhookPrivate: true });
    await third.webhooks.work(Date.now() + 60 * 60_000);
    await third.stop();
    expect(receiver.received).toHaveLength(2);
  },
);
