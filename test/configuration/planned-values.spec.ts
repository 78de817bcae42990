/** What a change plans for an item is true on everybody's screen when the change is closed, and the item says by what. */
import type { ItemId, RecordId } from '@muster/domain/shared';
import { HOUR, actOnChange, makeService, readChange, setPolicy, voteOn } from '../support/changes.ts';
import { freshId } from '../support/desk.ts';
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 1 } });

test('[CFG-42] [CFG-45] an item changed by a change that is done is seen at once by another, and names it', async ({
  desk,
  agent,
  other,
}) => {
  const service = await makeService(desk, 'Web shop');
  const change = freshId() as RecordId;
  const owner = desk.account('agent@desk.test').id;
  await setPolicy(desk, 'board', 1, { name: 'Lead', stage: 'board', rule: { kind: 'any' }, when: {} }, [
    'lead@desk.test',
  ]);
  const act = (who: string, given: Parameters<typeof actOnChange>[3]) =>
    actOnChange(desk, `${who}@desk.test`, change, given);

  await test.step('an agent makes a server, and a change', async () => {
    await agent.page.goto('/configuration');
    await agent.page.getByRole('button', { name: 'New item' }).click();
    const dialog = agent.page.getByRole('dialog', { name: 'New item' });
    await dialog.getByLabel('Class').selectOption({ label: 'Server' });
    await dialog.getByLabel('Name').fill('host-1');
    await dialog.getByLabel('Enters as').selectOption({ label: 'In service' });
    await dialog.getByRole('button', { name: 'Make it' }).click();
    await expect(agent.page.getByRole('heading', { level: 1, name: 'host-1' })).toBeVisible();
    await agent.expectSaved();
    const now = Date.now();
    await act('agent', {
      verb: 'create',
      ...{ model: 'emergency', owner },
      fields: { title: 'Move the host', items: [service as ItemId], begins: now - HOUR, ends: now + HOUR },
    });
  });

  await test.step('they plan another name and a step of life for it, on the page of the change', async () => {
    await agent.page.goto(`/change/${change}`);
    await agent.page.getByRole('button', { name: 'Plan values …' }).click();
    const dialog = agent.page.getByRole('dialog', { name: 'Plan values of an item' });
    await dialog.getByRole('combobox', { name: 'Item' }).fill('host');
    await agent.page.getByRole('option', { name: /^host-1/ }).click();
    await dialog.getByLabel('Name').fill('host-9');
    await dialog.getByLabel('State').selectOption('maintenance');
    await dialog.getByRole('button', { name: 'Plan it' }).click();
    await expect(agent.page.getByRole('region', { name: 'Planned values' })).toContainText('host-9');
    await agent.expectSaved();
  });

  await test.step('another has the page of the item open, which says what plans it', async () => {
    await other.page.goto('/configuration');
    await other.page.getByRole('link', { name: 'host-1' }).click();
    const head = other.page.getByRole('region', { name: 'How it stands' });
    await expect(head.getByRole('link', { name: /^CHG-.* Move the host$/ })).toBeVisible();
  });

  await test.step('the change is carried out, and closed as a success', async () => {
    await act('agent', { verb: 'step', to: 'authorize' });
    await voteOn(desk, 'lead@desk.test', change, 'approved');
    for (const to of ['scheduled', 'implement', 'review'] as const) await act('agent', { verb: 'step', to });
    await act('agent', { verb: 'begin-review' });
    for (const to of ['in_review', 'reviewed'] as const) await act('lead', { verb: 'move-review', to });
    await expect(other.page.getByRole('heading', { level: 1, name: 'host-1' })).toBeVisible();
    await act('agent', { verb: 'close', result: 'successful' });
  });

  await test.step('the other sees it at once, with the change as its cause, and the change says so too', async () => {
    await expect(other.page.getByRole('heading', { level: 1, name: 'host-9' })).toBeVisible();
    const { number } = await readChange(desk, change);
    const history = other.page.getByRole('listitem').filter({ hasText: 'by change' });
    await expect(history).toHaveCount(2);
    await expect(history.first().getByRole('link', { name: String(number) })).toHaveAttribute(
      'href',
      `/change/${change}`,
    );
    await expect(other.page.getByText('Values of it are planned by')).toBeHidden();
    await expect(agent.page.getByRole('region', { name: 'Planned values' })).toContainText('Applied');
  });
});
