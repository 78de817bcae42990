import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { ItemsMuster } from '../test-support/items-muster.ts';
import NewStage from '../test-support/NewStage.svelte';
import { emptyRecord, printNew, readNew } from './new-draft.ts';

const DRAFT = 'new:D1';

beforeEach(() => page.viewport(1300, 760));
afterEach(() => localStorage.clear());

describe('the form of a new ticket', () => {
  test('[DSK-206] names items that it is about, kept in the draft and made with it', async () => {
    const muster = new ItemsMuster();
    const screen = await render(NewStage, { muster, draftId: DRAFT });
    await screen.getByRole('textbox', { name: 'Title' }).fill('Slow');
    const box = screen.getByRole('combobox', { name: 'Items' });
    await box.click();
    await expect.element(page.getByRole('option', { name: /^db-1/ })).toBeVisible();
    expect(page.getByRole('option', { name: /Service$/ }).query()).toBeNull();
    await page.getByRole('option', { name: /^db-1/ }).click();
    await expect.element(screen.getByRole('button', { name: 'Take db-1 away' })).toBeVisible();
    const draft = readNew(muster.drafts.get(DRAFT).text, emptyRecord('incident', 'me'));
    expect(draft).toMatchObject({ title: 'Slow', items: ['DB-1'] });
    await screen.getByRole('button', { name: 'Make it' }).click();
    expect(muster.sent.at(-1)?.act).toMatchObject({ verb: 'create', title: 'Slow', items: ['DB-1'] });
  });

  test('declares what was begun as a request', async () => {
    const muster = new ItemsMuster();
    muster.drafts.write(DRAFT, printNew({ ...emptyRecord('desk', muster.me.person.id), title: 'Slow' }));
    const screen = await render(NewStage, { muster, draftId: DRAFT });
    await screen.getByRole('button', { name: 'Make it' }).click();
    expect(muster.sent.at(-1)?.act).toMatchObject({ verb: 'create', kind: 'incident', title: 'Slow' });
    expect(muster.drafts.get(DRAFT).text).toBe('');
  });

  test('leads to why it is refused, each time', async () => {
    const muster = new ItemsMuster();
    const gone = { ...emptyRecord('incident', muster.me.person.id), title: 'Slow', service: 'GONE' };
    muster.drafts.write(DRAFT, printNew(gone));
    const screen = await render(NewStage, { muster, draftId: DRAFT });
    for (const _ of ['once', 'again']) {
      await screen.getByRole('button', { name: 'Make it' }).click();
      await expect.element(screen.getByRole('alert')).toHaveFocus();
      await expect.element(screen.getByRole('alert')).toBeInViewport();
    }
  });

  test('[DSK-208] asks for no items whoever asks for themselves', async () => {
    const muster = new ItemsMuster();
    const screen = await render(NewStage, { muster, draftId: DRAFT, forMyself: true });
    await screen.getByRole('textbox', { name: 'Title' }).fill('Slow');
    expect(screen.getByRole('combobox', { name: 'Items' }).query()).toBeNull();
    await screen.getByRole('button', { name: 'Make it' }).click();
    expect(muster.sent.at(-1)?.act).not.toHaveProperty('items');
  });
});
