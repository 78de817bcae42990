/** What you can see, you hold: the queue comes from this device, with the network or without. */
import { expect, test } from '../support/test.ts';

// somebody starts without a network here
test.use({ serviceWorkers: 'allow' });

test('a second visit shows the queue from the local copy before the network answers', async ({ agent }) => {
  await agent.queue.open();
  await agent.expectReadyOffline();
  const ids = await agent.queue.drawnIds();

  // the server is there and never answers
  await agent.context.route(/\/(api|sync)\b/, () => undefined);
  await agent.context.routeWebSocket(/\/sync/, () => undefined);
  await agent.reopen('/queue');
  await agent.queue.expectRows();
  await expect.poll(() => agent.queue.drawnIds()).toEqual(ids);
  await expect(agent.shell.saving).not.toHaveAttribute('data-connection', 'live');
  await agent.context.unrouteAll({ behavior: 'ignoreErrors' });
});

test('without any network it starts, says so, and makes a record that gets its number later', async ({
  desk,
  agent,
}) => {
  const title = 'The lift stands still with somebody in it';
  await agent.queue.open();
  await agent.expectReadyOffline();
  await agent.goOffline();
  await agent.reopen('/queue');
  await agent.queue.expectRows();
  await expect(agent.page.getByText(/^Offline since/)).toBeVisible();

  await agent.page.goto('/new?process=incident');
  const form = agent.page.getByRole('form', { name: /incident/i });
  await form.getByLabel('Title').fill(title);
  await form.getByRole('button', { name: /incident/i }).click();
  await expect(agent.record.article).toHaveAccessibleName(/^INC-~[0-9A-Z]{4} /);
  const token = /INC-~\w{4}/.exec((await agent.record.article.getAttribute('aria-label')) ?? '')?.[0] ?? '';

  await agent.goOnline();
  await expect(agent.record.article).toHaveAccessibleName(new RegExp(`^INC-\\d{4}-\\d{5} ${title}`));
  await agent.expectSaved();
  await agent.shell.openPalette();
  await agent.page.keyboard.type(token);
  await expect(agent.shell.palette.getByRole('option').first()).toContainText(title);
  const session = await desk.session('other@desk.test');
  const { results } = await session.call<{ results: readonly unknown[] }>('GET', '/api/search?q=lift');
  expect(results).toHaveLength(1);
});

test('the server is away for a while: work goes on, and follows when it is back', async ({ desk, agent }) => {
  const record = desk.record(1);
  await agent.queue.open();
  await agent.expectSaved();
  await agent.expectWarm();
  agent.watch.expectLoss();
  await desk.killServer();
  await expect(agent.shell.saving).toHaveAttribute('data-connection', 'offline');
  await agent.queue.claim(record);
  await agent.expectWaiting(1);
  await desk.startServer();
  await agent.shell.retry();
  await agent.expectSaved();
  expect((await desk.ticket(record.id)).owner).toBe(agent.account.id);
});
