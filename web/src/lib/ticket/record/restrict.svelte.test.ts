import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { FixtureMuster } from '../test-support/fixture-muster.svelte.ts';
import RecordStage from '../test-support/RecordStage.svelte';
import { makeRow } from '../test-support/tickets.ts';
import { draftId } from './draft-key.ts';

async function openRecord(change: Parameters<typeof makeRow>[1] = {}) {
  const row = makeRow(0, { title: 'Payroll leak', ...change });
  const muster = new FixtureMuster({ rows: [row] });
  const [me, colleague] = [...muster.directory.current.people.values()];
  if (!me || !colleague) throw new Error('nobody is here');
  const screen = await render(RecordStage, { muster, id: row.id });
  const openDialog = async () => {
    await screen.getByRole('button', { name: 'Change who may read this' }).click();
    return screen.getByRole('dialog', { name: `Who may read ${row.number ?? ''}` });
  };
  return { muster, screen, row, me, colleague, openDialog };
}

beforeEach(() => page.viewport(1300, 760));
afterEach(() => localStorage.clear());

describe('who may read a record', () => {
  test('is everybody on the staff until a team or people are named, with the reason', async () => {
    const { muster, screen, me, colleague, openDialog } = await openRecord();
    await expect.element(screen.getByText('Everybody on the staff')).toBeVisible();
    expect(screen.getByRole('img', { name: /^Restricted/ }).query()).toBeNull();
    const dialog = await openDialog();
    const restrict = dialog.getByRole('button', { name: 'Restrict' });
    await expect.element(restrict).toBeDisabled();
    const box = dialog.getByRole('combobox', { name: 'Add a person' });
    await box.click();
    await box.fill(colleague.name);
    await page.getByRole('option', { name: new RegExp(`^${colleague.name}`) }).click();
    await dialog.getByRole('textbox', { name: 'Why' }).fill('Names in it');
    await restrict.click();
    expect(muster.sent.at(-1)?.act).toEqual({
      verb: 'restrict',
      team: null,
      people: [me.id, colleague.id],
      reason: 'Names in it',
    });
    const mark = screen.getByRole('img', {
      name: `Restricted: only you and ${colleague.name} may read this`,
    });
    await expect.element(mark).toBeVisible();
    await expect.element(screen.getByText(`Only you and ${colleague.name}`, { exact: true })).toBeVisible();
  });

  test('says in the dialog whom a choice would keep from their work, and does not send it', async () => {
    const first = await openRecord();
    const owner = first.colleague;
    first.screen.unmount();
    const { muster, openDialog } = await openRecord({ owner: owner.id, state: 'in_progress' });
    const dialog = await openDialog();
    await dialog.getByRole('button', { name: `Take ${owner.name} out` }).click();
    await dialog.getByRole('textbox', { name: 'Why' }).fill('Names in it');
    await expect
      .poll(() => dialog.getByRole('alert').query()?.textContent ?? '')
      .toContain(`This would keep out ${owner.name}, in the middle of work on it.`);
    await expect.element(dialog.getByRole('button', { name: 'Restrict' })).toBeDisabled();
    expect(muster.sent).toEqual([]);
  });

  test('is opened again without a reason', async () => {
    const base = await openRecord();
    const { me } = base;
    base.screen.unmount();
    const { muster, openDialog } = await openRecord({ readers: [me.id] });
    const dialog = await openDialog();
    await dialog.getByRole('combobox', { name: 'Who may read this' }).selectOptions('everybody');
    await dialog.getByRole('button', { name: 'Open to the staff' }).click();
    expect(muster.sent.at(-1)?.act).toMatchObject({ verb: 'restrict', team: null, people: [] });
  });

  test('loses nothing of one’s own when one may not any more: it says so, and comes back', async () => {
    const { muster, screen, row } = await openRecord();
    await userEvent.keyboard('r');
    await userEvent.keyboard('Half a thought');
    muster.takeAway(row.id);
    await expect.element(screen.getByText('You may not read this any more')).toBeVisible();
    expect(screen.getByText('Payroll leak').query()).toBeNull();
    const kept = screen.getByRole('article', { name: 'Unsent reply' });
    await expect.poll(() => kept.query()?.textContent ?? '').toContain('Half a thought');
    muster.put(row);
    await expect.element(screen.getByRole('textbox', { name: /^Reply to/ })).toHaveValue('Half a thought');
    muster.takeAway(row.id);
    await kept.getByRole('button', { name: 'Discard' }).click();
    expect(muster.drafts.get(draftId('reply', row.id)).text).toBe('');
    await expect.element(kept).not.toBeInTheDocument();
  });
});
