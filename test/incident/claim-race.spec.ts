/** Concurrent pairs: claim by X and claim by Y. */
import type { Actor } from '../support/actor.ts';
import type { Desk } from '../support/desk.ts';
import { sendTogether } from '../support/rendezvous.ts';
import type { SeededRecord } from '../support/serve.ts';
import { expect, test } from '../support/test.ts';

test.describe('both claim one incident', () => {
  test('online at the same moment: one owns it, the other is told by whom and when', async ({
    desk,
    agent,
    other,
  }) => {
    const record = desk.record(1);
    await Promise.all([agent.queue.open(), other.queue.open()]);
    await Promise.all([agent.expectSaved(), other.expectSaved()]);
    await sendTogether([agent, other], () =>
      Promise.all([agent.queue.claim(record), other.queue.claim(record)]),
    );
    await expectOneOwner(desk, record, [agent, other]);
  });

  test('both offline for a while: one owns it, the other is told by whom and when', async ({
    desk,
    agent,
    other,
  }) => {
    const record = desk.record(1);
    await Promise.all([agent.queue.open(), other.queue.open()]);
    await Promise.all([agent.expectSaved(), other.expectSaved()]);
    await Promise.all([agent.goOffline(), other.goOffline()]);
    for (const actor of [agent, other]) {
      await actor.queue.claim(record);
      await expect(actor.queue.row(record)).toHaveAccessibleName(new RegExp(`owner ${actor.name}`));
      await expect(actor.queue.row(record)).toHaveAccessibleName(/waiting to be saved/);
    }
    await Promise.all([agent.goOnline(), other.goOnline()]);
    await expectOneOwner(desk, record, [agent, other]);
  });
});

async function expectOneOwner(
  desk: Desk,
  record: SeededRecord,
  actors: readonly [Actor, Actor],
): Promise<void> {
  await Promise.all(actors.map((actor) => actor.expectSaved()));
  const { owner } = await desk.ticket(record.id);
  const [first, second] = actors;
  const [winner, loser] = owner === first.account.id ? [first, second] : [second, first];
  expect(owner).toBe(winner.account.id);
  const claims = (await desk.events(record.id)).filter(({ type }) => type === 'claimed');
  expect(claims.map(({ actor }) => actor)).toEqual([winner.account.id]);

  for (const actor of actors) {
    await expect(actor.queue.row(record)).toHaveAccessibleName(new RegExp(`owner ${winner.name}`));
  }
  const tray = await loser.shell.openAttention();
  await expect(tray.getByRole('article')).toHaveCount(1);
  await expect(tray.getByRole('article', { name: 'You wanted to take this on' })).toContainText(
    new RegExp(`${winner.name} claimed it at \\d+:\\d\\d.*, before you\\.`),
  );
  await expect(tray.getByRole('button', { name: 'Work on it together' })).toBeVisible();
  await expect(winner.shell.attentionButton).toBeHidden();
}
