import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { FixtureMuster } from '../test-support/fixture-muster.svelte.ts';
import RecordStage from '../test-support/RecordStage.svelte';
import { makeDirectory, makeRow } from '../test-support/tickets.ts';
import { draftId } from './draft-key.ts';

async function openRecord(change: Parameters<typeof makeRow>[1] = {}) {
  const row = makeRow(0, { title: 'Printer jams', ...change });
  const muster = new FixtureMuster({ rows: [row, makeRow(1, { title: 'The other one' })] });
  const screen = await render(RecordStage, { muster, id: row.id });
  return { muster, screen, row };
}

beforeEach(() => page.viewport(1300, 760));
afterEach(() => localStorage.clear());

describe('the composer', () => {
  test('r writes a reply, x a note, i turns one into the other, each with its own draft', async () => {
    const { muster, screen, row } = await openRecord();
    await userEvent.keyboard('r');
    await userEvent.keyboard('On my way');
    await userEvent.keyboard('{Escape}x');
    const note = screen.getByRole('textbox', { name: 'Internal note, for staff only' });
    await expect.element(note).toHaveFocus();
    await expect.element(note).toHaveValue('');
    await userEvent.keyboard('Toner is low{Escape}i');
    await expect.element(screen.getByRole('textbox', { name: /^Reply to/ })).toHaveValue('On my way');
    expect(muster.drafts.get(draftId('note', row.id)).text).toBe('Toner is low');
  });

  test('begins with a note where the requester is a program, which reads no reply', async () => {
    const directory = makeDirectory();
    const [person] = directory.people.values();
    if (person === undefined) throw new Error('the directory is empty');
    const program = { ...person, email: 'north@integration.invalid' };
    const people = new Map(directory.people).set(person.id, program);
    const row = makeRow(0, { requester: person.id });
    const muster = new FixtureMuster({ rows: [row], directory: { ...directory, people } });
    const screen = await render(RecordStage, { muster, id: row.id });
    const note = screen.getByRole('textbox', { name: 'Internal note, for staff only' });
    await expect.element(note).toBeVisible();
    await userEvent.keyboard('r');
    await expect.element(note).not.toBeInTheDocument();
  });

  test('Ctrl+Enter sends, shows it in the history, and empties the draft', async () => {
    const { muster, screen, row } = await openRecord();
    await userEvent.keyboard('r');
    await userEvent.keyboard('On my way');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    await expect
      .poll(() => screen.getByRole('article', { name: /^Public reply by/ }).query()?.textContent ?? '')
      .toContain('On my way');
    await expect.poll(() => muster.drafts.get(draftId('reply', row.id)).text).toBe('');
    expect(muster.sent.at(-1)).toMatchObject({
      act: { verb: 'reply', text: 'On my way', draft: `reply:${row.id}:0` },
    });
  });

  test('a second message goes under a key of its own', async () => {
    const { muster } = await openRecord();
    for (const text of ['One', 'Two']) {
      await userEvent.keyboard('r');
      await userEvent.keyboard(`${text}{Control>}{Enter}{/Control}`);
      await expect.poll(() => muster.drafts.all).toEqual([]);
      (document.activeElement as HTMLElement).blur();
    }
    const keys = muster.sent.map(({ act }) => (act.verb === 'reply' ? act.draft : null));
    expect(new Set(keys).size).toBe(2);
  });

  test('offline the reply stands in the history, marked as waiting, until the server answers', async () => {
    const { muster, screen } = await openRecord();
    muster.online = false;
    await userEvent.keyboard('r');
    await userEvent.keyboard('Later{Control>}{Enter}{/Control}');
    await expect.element(screen.getByText('waiting', { exact: true })).toBeVisible();
    await expect.element(screen.getByText('1 change waiting').first()).toBeInTheDocument();
  });

  test('a change of owner by somebody else leaves the unsent words and the focus alone', async () => {
    const { muster, screen, row } = await openRecord();
    await userEvent.keyboard('r');
    await userEvent.keyboard('Half a sent');
    const [, other] = muster.directory.current.people.values();
    muster.put({ ...row, owner: other?.id ?? null, version: 2 });
    await expect.element(screen.getByRole('button', { name: `Owner: ${other?.name}. Change` })).toBeVisible();
    await userEvent.keyboard('ence');
    await expect.element(screen.getByRole('textbox', { name: /^Reply to/ })).toHaveValue('Half a sentence');
  });

  test('unsent words of a merged ticket are offered on the one that goes on', async () => {
    const { muster, screen, row } = await openRecord();
    const merged = makeRow(1, { state: 'merged', mergedInto: row.id, number: 'INC-2026-00002' });
    muster.put(merged);
    muster.drafts.write(draftId('reply', merged.id), 'We found the cause');
    await screen.getByRole('button', { name: 'Go on with it here' }).click();
    await expect
      .element(screen.getByRole('textbox', { name: /^Reply to/ }))
      .toHaveValue('We found the cause');
    expect(muster.drafts.get(draftId('reply', merged.id)).text).toBe('');
  });

  test('says who is writing what, and says it of me', async () => {
    const { muster, screen, row } = await openRecord();
    const [, other] = muster.directory.current.people.values();
    if (!other) throw new Error('nobody else');
    muster.putPresent(row.id, [
      { person: other.id, name: other.name, colour: '#336699', state: 'editing', part: 'note' },
    ]);
    await expect.element(screen.getByText(`${other.name} is writing an internal note`)).toBeVisible();
    await userEvent.keyboard('r');
    await expect.poll(() => muster.here).toEqual({ record: row.id, part: 'reply' });
  });
});

describe('the head of a record', () => {
  test('a step that needs words asks for them, and only then goes', async () => {
    const { muster, screen, row } = await openRecord({ state: 'in_progress' });
    await screen.getByRole('button', { name: 'Resolve', exact: true }).click();
    const dialog = screen.getByRole('dialog', { name: 'Change state' });
    await expect.element(dialog).toBeVisible();
    await expect.element(dialog.getByRole('button', { name: 'Apply' })).toBeDisabled();
    await userEvent.fill(dialog.getByRole('textbox', { name: 'What was done' }), 'Cleaned the rollers');
    await dialog.getByRole('combobox', { name: 'How it was resolved' }).click();
    await page.getByRole('option', { name: 'Solved', exact: true }).click();
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => muster.tickets.get(row.id)?.state).toBe('resolved');
    expect(muster.tickets.get(row.id)?.resolution).toEqual({ code: 'Solved', notes: 'Cleaned the rollers' });
  });

  test('the title is changed in place, and Escape leaves it', async () => {
    const { muster, screen, row } = await openRecord();
    const title = screen.getByRole('textbox', { name: 'Title' });
    await userEvent.fill(title, 'Printer on fire');
    await userEvent.keyboard('{Escape}');
    expect(muster.tickets.get(row.id)?.title).toBe('Printer jams');
    await userEvent.fill(title, 'Printer burns');
    await userEvent.keyboard('{Enter}');
    await expect.poll(() => muster.tickets.get(row.id)?.title).toBe('Printer burns');
  });
});
