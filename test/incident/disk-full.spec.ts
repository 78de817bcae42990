/** A full disk is said, in the page too, and nothing is called saved that is not. */
import { expect, test } from '../support/test.ts';

/** Fewer pages than any desk has: SQLite takes the present size as the bound. */
const FULL = 1;

test('on a full disk the page says so, keeps the work here, and sends it when there is room', async ({
  desk,
  agent,
}) => {
  const record = desk.record(1);
  await agent.record.open(record);
  await agent.expectSaved();
  agent.watch.expectLoss();
  await desk.stopServer();
  await desk.startServer({ maxPages: FULL });
  await agent.shell.retry();
  const long = 'no space left on device; '.repeat(400);
  for (let part = 1; part <= 4; part += 1) await agent.record.note(`Part ${part}: ${long}`);
  await expect(agent.shell.fullDisk).toBeVisible();
  await expect(agent.shell.saving).not.toHaveAttribute('data-saving', 'saved');

  await desk.stopServer();
  await desk.startServer();
  await agent.shell.retry();
  await agent.expectSaved();
  await expect(agent.shell.fullDisk).toBeHidden();
  agent.watch.expected(/status of 507/);
  const notes = (await desk.events(record.id)).filter(({ type }) => type === 'commented');
  expect(notes.length).toBeGreaterThan(0);
});
