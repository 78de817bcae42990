/** A class made by who manages the configuration, and items of it by somebody else, held to what it requires. */
import { expect, test } from '../support/test.ts';

test.use({ deskOptions: { records: 1 } });

test('[CFG-2] [CFG-28] [CFG-70] [CFG-72] a class with a required attribute is made, and holds for another at once', async ({
  admin,
  agent,
}) => {
  await test.step('an agent looks at the classes that there are', async () => {
    await agent.page.goto('/configuration');
    await agent.page.getByRole('button', { name: 'New item' }).click();
    const classes = agent.page.getByRole('dialog').getByLabel('Class');
    await expect(classes.getByRole('option', { name: 'Server', exact: true })).toHaveCount(1);
    await expect(classes.getByRole('option', { name: 'Robot', exact: true })).toHaveCount(0);
  });

  await test.step('who manages the configuration makes a class, looks at it, and sets it', async () => {
    const { page } = admin;
    await page.goto('/configuration');
    await page.getByRole('link', { name: 'Classes', exact: true }).click();
    await page
      .getByRole('navigation', { name: 'Classes' })
      .getByRole('button', { name: /^Physical device/ })
      .click();
    await page.getByRole('button', { name: 'New class' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Robot');
    await page.getByRole('button', { name: 'Add it' }).click();
    await page.getByLabel('New attribute').fill('Arm length');
    await page.getByRole('button', { name: 'Add attribute' }).click();
    await page.getByLabel('Says').selectOption({ label: 'A number' });
    await page.getByLabel('Required').check();
    await page.getByRole('button', { name: 'Review and set' }).click();
    await expect(page.getByRole('dialog')).toContainText('Class “Robot” is made');
    await page.getByRole('button', { name: 'Set them' }).click();
    await expect(page.getByRole('dialog')).toHaveCount(0);
  });

  await test.step('the agent makes an item of it: refused without what it requires, and made with it', async () => {
    const dialog = agent.page.getByRole('dialog', { name: 'New item' });
    await dialog.getByLabel('Class').selectOption({ label: 'Robot' });
    await dialog.getByLabel('Name').fill('Robby');
    await dialog.getByRole('button', { name: 'Make it' }).click();
    await expect(dialog.getByText(/say the Arm length/i)).toBeVisible();
    await dialog.getByLabel('Arm length').fill('180');
    await dialog.getByRole('button', { name: 'Make it' }).click();
    await expect(agent.page.getByRole('heading', { level: 1, name: 'Robby' })).toBeVisible();
    await agent.expectSaved();
  });

  await test.step('what that item would lose is named before anything is set', async () => {
    const { page } = admin;
    await page.getByRole('button', { name: 'Remove Arm length' }).click();
    await page.getByRole('button', { name: 'Review and set' }).click();
    await expect(page.getByRole('dialog').getByRole('link', { name: /^Robby: / })).toBeVisible();
    await expect(page.getByRole('button', { name: 'Set them' })).toBeDisabled();
  });
});
