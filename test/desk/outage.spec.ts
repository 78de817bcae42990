/** A planned outage from draft to done, as its author, a requester who was away, and somebody outside see it. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from '../support/test.ts';

// somebody starts without a network here
test.use({ serviceWorkers: 'allow' });

const TITLE = 'The door system is renewed';
const HOUR = 3_600_000;

test.use({ deskOptions: { records: 2 } });

/** The bar over the page; what is only read out has no comma after the kind. */
const barOn = (page: Page) => page.getByRole('status').filter({ hasText: /outage, .*: *The door system/i });

/** A value for a field of local time. */
function inHours(hours: number): string {
  const at = new Date(Date.now() + hours * HOUR);
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

test('a planned outage goes from draft to done, and reaches a requester who was offline', async ({
  lead,
  requester,
  visitor,
}) => {
  const { page } = lead;
  const item = page.getByRole('article', { name: TITLE });
  const banner = barOn(requester.page);

  await test.step('the requester has no network', async () => {
    await requester.page.goto('/announcements');
    await expect(requester.page.getByText('Nothing is announced')).toBeVisible();
    await expect(requester.page.getByRole('button', { name: 'New announcement' })).toHaveCount(0);
    await requester.expectReadyOffline();
    await requester.goOffline();
  });

  await test.step('the lead drafts it, and is told what is missing', async () => {
    await page.goto('/announcements');
    await page.getByRole('button', { name: 'New announcement' }).first().click();
    const form = page.getByRole('dialog', { name: 'New announcement' });
    await form.getByLabel('Title').fill(TITLE);
    await form.getByLabel('Message').fill('Doors stay open; the guard is at the entrance.');
    await form.getByLabel('Begins').fill(inHours(3));
    await form.getByLabel('Ends').fill(inHours(2));
    await form.getByLabel('Show it on the public status page').check();
    await form.getByRole('button', { name: 'Keep as a draft' }).click();
    await expect(form.getByRole('alert')).toContainText('The end must come after the begin.');
    await form.getByLabel('Ends').fill(inHours(4));
    await form.getByRole('button', { name: 'Keep as a draft' }).click();
    await expect(item).toContainText('Draft');
    await lead.expectSaved();
    await visitor.page.goto('/status');
    await expect(visitor.page.getByText(TITLE)).toHaveCount(0);
  });

  await test.step('it is announced, and stands over every page of the lead', async () => {
    await item.getByRole('button', { name: 'Schedule and announce' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Schedule and announce' }).click();
    await expect(item.getByText('Scheduled').first()).toBeVisible();
    await lead.expectSaved();
    await page.goto('/queue');
    await expect(barOn(page)).toBeVisible();
    await page.goto('/announcements');
  });

  await test.step('the requester does not know yet; back online they do, and say that they have read it', async () => {
    await expect(banner).toHaveCount(0);
    await requester.goOnline();
    await expect(banner).toContainText('Planned outage, scheduled');
    await expect(requester.page.getByText('Planned outage announced').first()).toBeVisible();
    await requester.goOffline();
    await banner.getByRole('button', { name: 'I have read this' }).click();
    await expect(banner).toHaveCount(0);
    await requester.page.reload();
    await expect(requester.page.getByRole('article', { name: TITLE })).toContainText('You have read this.');
    await expect(banner).toHaveCount(0);
    await requester.goOnline();
    await requester.expectSaved();
  });

  await test.step('the lead sees who has read it', async () => {
    await item.getByRole('button', { name: 'Who has read it' }).click();
    const readers = page.getByRole('dialog', { name: 'Who has read it' });
    await expect(readers.getByText('Rita Requester')).toBeVisible();
    await readers.getByRole('button', { name: 'Close', exact: true }).last().click();
  });

  await test.step('it begins, is told of, verified and completed', async () => {
    const step = async (name: string, words = '') => {
      await item.getByRole('button', { name, exact: true }).click();
      const dialog = page.getByRole('dialog');
      if (words !== '') await dialog.getByRole('textbox').fill(words);
      await dialog.getByRole('button', { name: name === 'Update' ? 'Add the update' : name }).click();
      await expect(dialog).toHaveCount(0);
    };
    await step('Begin now');
    await expect(banner).toContainText('in progress');
    await step('Update', 'The first floor is done.');
    await expect(requester.page.getByText('The first floor is done.')).toBeVisible();
    await step('Verify the result');
    await step('Complete', 'All doors work.');
    await expect(banner).toHaveCount(0);
    await expect(item.getByRole('button', { name: 'Change' })).toHaveCount(0);
    await lead.expectSaved();
  });

  await test.step('it stands on the public page, and in feeds that a parser reads', async () => {
    // browsers keep the page for a minute
    await visitor.page.reload();
    const shown = visitor.page.getByRole('article').filter({ hasText: TITLE });
    await expect(shown).toContainText('All doors work.');
    await expectNoViolation(visitor.page);
    const entries = await page.evaluate(async () => {
      const read = async (path: string, tag: string) => {
        const text = await (await fetch(path)).text();
        const document = new DOMParser().parseFromString(text, 'application/xml');
        if (document.querySelector('parsererror') !== null) throw new Error(`${path} is not XML`);
        return [...document.querySelectorAll(`${tag} > title`)].map((title) => title.textContent);
      };
      return [await read('/status/feed.atom', 'entry'), await read('/status/feed.rss', 'item')];
    });
    expect(entries[0]).toEqual(entries[1]);
    expect(entries[0]?.at(0)).toBe(`[Completed] ${TITLE}`);
    expect(entries[0]).toHaveLength(5);
  });
});

test('an announcement for one team reaches its people, and those of another once it is for them', async ({
  lead,
  agent,
  other,
}) => {
  const { page } = lead;
  for (const each of [lead, agent, other]) await each.page.goto('/announcements');
  await page.getByRole('main').getByRole('button', { name: 'New announcement' }).click();
  const form = page.getByRole('dialog', { name: 'New announcement' });
  await form.getByLabel('Kind').selectOption('outage');
  await form.getByLabel('Title').fill(TITLE);
  const teams = form.getByRole('group', { name: 'For these teams alone' });
  await teams.getByLabel('Desk', { exact: true }).check();
  await form.getByLabel('Show it on the public status page').check();
  await form.getByRole('button', { name: 'Keep as a draft' }).click();
  await expect(form.getByRole('alert')).toContainText(
    'What stands on the public status page is for everybody.',
  );
  await form.getByLabel('Show it on the public status page').uncheck();
  await form.getByRole('button', { name: 'Keep as a draft' }).click();
  const item = page.getByRole('article', { name: TITLE });
  await item.getByRole('button', { name: 'Announce now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Announce now' }).click();
  await expect(barOn(agent.page)).toBeVisible();
  await expect(other.page.getByText('Nothing is announced')).toBeVisible();

  await item.getByRole('button', { name: 'Change' }).click();
  const change = page.getByRole('dialog', { name: 'Change the announcement' });
  const named = change.getByRole('group', { name: 'For these teams alone' });
  await named.getByLabel('Desk', { exact: true }).uncheck();
  await named.getByLabel('Network', { exact: true }).check();
  await change.getByRole('button', { name: 'Change', exact: true }).click();
  await expect(barOn(other.page)).toBeVisible();
  await expect(other.page.getByText('Outage concerns you too').first()).toBeVisible();
  await expect(barOn(agent.page)).toHaveCount(0);
  await expect(item).toContainText('It is for Network from then on.');
  await lead.expectSaved();
});

test('calling it off asks first, and the page fits a small screen in both themes', async ({ lead }) => {
  const { page } = lead;
  await page.setViewportSize({ width: 390, height: 844 });
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'dark' });
  await page.goto('/announcements');
  await page.getByRole('main').getByRole('button', { name: 'New announcement' }).click();
  const form = page.getByRole('dialog', { name: 'New announcement' });
  await form.getByLabel('Kind').selectOption('outage');
  await form.getByLabel('Title').fill(TITLE);
  await form.getByRole('button', { name: 'Keep as a draft' }).click();
  const item = page.getByRole('article', { name: TITLE });
  await item.getByRole('button', { name: 'Announce now' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Announce now' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Outage, in progress' })).toBeVisible();
  await expectNoViolation(page);
  await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: 'light' });
  await expectNoViolation(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBeLessThanOrEqual(0);

  await page.getByRole('main').getByRole('button', { name: 'New announcement' }).click();
  await form.getByLabel('Kind').selectOption('outage');
  await form.getByLabel('Title').fill('A draft that nobody needs');
  await form.getByRole('button', { name: 'Keep as a draft' }).click();
  const draft = page.getByRole('article', { name: 'A draft that nobody needs' });
  await draft.getByRole('button', { name: 'Discard the draft' }).click();
  const question = page.getByRole('dialog');
  await expect(question).toContainText('This cannot be taken back.');
  await question.getByRole('button', { name: 'Not now' }).click();
  await expect(draft).toContainText('Draft');
  await draft.getByRole('button', { name: 'Discard the draft' }).click();
  await question.getByRole('button', { name: 'Discard the draft' }).click();
  await expect(draft).toContainText('Cancelled');
  await lead.expectSaved();
});

async function expectNoViolation(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)).toEqual([]);
}
