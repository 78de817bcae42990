/** What somebody writes is theirs until they send it, whatever happens to the ticket. */
import { expect, test } from '../support/test.ts';

// somebody starts without a network here
test.use({ serviceWorkers: 'allow' });

const WORDS = 'Good morning Rita, I have ordered the part and will call you when it is here.';

test.describe('an unsent reply', () => {
  test('stays when another agent changes the owner', async ({ desk, agent, other }) => {
    const record = desk.record(0);
    await agent.record.open(record);
    await agent.record.claim();
    await agent.record.draft(WORDS);
    await agent.expectSaved();
    await desk.act('lead@desk.test', record.process, record.id, {
      verb: 'assign',
      team: null,
      owner: other.account.id,
    });
    await expect(agent.record.owner).toHaveAccessibleName(/Olga Other/);
    await expect(agent.record.composer).toHaveValue(WORDS);
  });

  test('stays when the page is reloaded without a network, and reaches another device', async ({
    desk,
    agent,
    agentElsewhere,
  }) => {
    const record = desk.record(0);
    await agent.record.open(record);
    await agent.expectReadyOffline();
    await agent.goOffline();
    await agent.record.draft(WORDS);
    await expect(agent.shell.saving).toHaveAttribute('data-saving', 'on-this-device');
    await agent.page.reload();
    await expect(agent.record.composer).toHaveValue(WORDS);
    await agent.goOnline();
    await agent.expectSaved();
    await agentElsewhere.record.open(record);
    await expect(agentElsewhere.record.composer).toHaveValue(WORDS);
  });

  test('goes on at the ticket that its own was merged into', async ({ desk, agent }) => {
    const [from, into] = [desk.record(0), desk.record(3)];
    expect(from.process).toBe(into.process);
    await agent.record.open(from);
    await agent.record.draft(WORDS);
    await agent.expectSaved();
    await desk.act('other@desk.test', from.process, from.id, { verb: 'merge', into: into.id });
    await expect(agent.page.getByText('Your unsent reply is kept and offered there.')).toBeVisible();
    await agent.page.getByRole('button', { name: 'Open it' }).click();
    await expect(agent.record.article).toHaveAccessibleName(`${into.number} ${into.title}`);
    await agent.page.getByRole('button', { name: 'Go on with it here' }).click();
    await expect(agent.record.composer).toHaveValue(WORDS);
    await agent.record.article.getByRole('button', { name: 'Send reply' }).click();
    await agent.expectSaved();
    const replies = (await desk.events(into.id)).filter(({ event }) => event['text'] === WORDS);
    expect(replies).toHaveLength(1);
  });
});
