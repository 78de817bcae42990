/** Who is on call: set up by an administrator, swapped by two people one of whom has no network in between. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';

// somebody starts without a network here
test.use({ serviceWorkers: 'allow' });

const NAME = 'Desk by day';

test.use({ deskOptions: { records: 2 } });

test('a schedule is set up with a preview, a shift swapped offline, and taken over', async ({
  admin,
  agent,
  other,
}) => {
  const cardOn = (page: Page) => page.getByRole('region', { name: NAME });

  await test.step('the administrator is told what is missing, sees what comes of it, and saves', async () => {
    const { page } = admin;
    await page.goto('/on-call');
    await expect(page.getByText('Nobody is on call yet')).toBeVisible();
    await page.getByRole('main').getByRole('button', { name: 'New schedule' }).first().click();
    const form = page.getByRole('dialog', { name: 'New schedule' });
    await form.getByLabel('Name', { exact: true }).fill(NAME);
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(form.getByRole('alert')).toContainText('Add somebody to the layer “First”');
    await form.getByLabel('Add somebody to layer 1').selectOption({ label: 'Arne Agent' });
    await form.getByLabel('Add somebody to layer 1').selectOption({ label: 'Olga Other' });
    await form.getByLabel('Unit').selectOption('day');
    await form.getByText('As a list').click();
    const preview = form.getByRole('list', { name: `Shifts of ${NAME}` });
    await expect(preview.getByRole('listitem').filter({ hasText: 'Olga Other' }).first()).toBeVisible();
    await form.getByRole('button', { name: 'Save' }).click();
    await expect(cardOn(page)).toContainText('is on call now');
    await admin.expectSaved();
  });

  await test.step('the agent asks for a swap without a network', async () => {
    const { page } = agent;
    await page.goto('/on-call');
    await expect(cardOn(page)).toBeVisible();
    await agent.expectReadyOffline();
    await agent.goOffline();
    await cardOn(page).getByRole('button', { name: 'Ask for a swap' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ask for a swap' });
    await dialog.getByLabel('Your shift').selectOption({ index: 1 });
    await dialog.getByLabel('Ask').selectOption({ label: 'Olga Other' });
    await dialog.getByLabel('Note').fill('Dentist');
    await dialog.getByRole('button', { name: 'Ask', exact: true }).click();
    await expect(cardOn(page)).toContainText('You ask Olga Other to be on call');
    await expect(cardOn(page)).toContainText('not sent yet');
  });

  await test.step('the other is told when the network is back, and accepts', async () => {
    const { page } = other;
    await page.goto('/on-call');
    await expect(cardOn(page)).toBeVisible();
    await expect(page.getByRole('region', { name: 'You are asked' })).toHaveCount(0);
    await agent.goOnline();
    await agent.expectSaved();
    const asked = page.getByRole('region', { name: 'You are asked' });
    await expect(asked).toContainText('Arne Agent asks you to be on call');
    await expect(asked).toContainText('Dentist');
    await asked.getByRole('button', { name: 'Accept' }).click();
    await expect(asked).toHaveCount(0);
    await other.expectSaved();
  });

  await test.step('the agent hears of it, and it is in the list', async () => {
    const { page } = agent;
    await page.getByRole('button', { name: /^Inbox/ }).click();
    await expect(page.getByRole('link', { name: /Olga Other accepted your swap/ })).toBeVisible();
    await page.keyboard.press('Escape');
    await cardOn(page).getByText('As a list').click();
    await expect(cardOn(page).getByText('swap for Arne Agent').first()).toBeVisible();
  });

  await test.step('the other takes over at once, on a small screen', async () => {
    const { page } = other;
    await page.setViewportSize({ width: 390, height: 844 });
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'dark' });
    await cardOn(page).getByRole('button', { name: 'Take over' }).click();
    const dialog = page.getByRole('dialog', { name: 'Take over' });
    await expect(dialog.getByText(/Instead of|Nobody else/)).toBeVisible();
    await dialog.getByRole('button', { name: 'Take over' }).click();
    await expect(cardOn(page)).toContainText('Olga Other is on call now');
    await other.expectSaved();
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual(
      [],
    );
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });
});
