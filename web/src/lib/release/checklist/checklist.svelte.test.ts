import type { StepPlan } from '@muster/domain/release';
import type { PersonId } from '@muster/domain/shared';
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import Toaster from '#lib/ui/Toaster.svelte';
import { makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import { MINUTE, ReleaseNight, idOf, plan } from '../test-support/release-night.svelte.ts';
import ChecklistPanel from './ChecklistPanel.svelte';

const directory = makeDirectory();
const [me, bo] = [...directory.people.keys()] as [PersonId, PersonId];

/** stop → copy (30) → start; notes is on its own. */
const STEPS = [
  plan('a', { title: 'Stop the imports', owner: me }),
  plan('b', { title: 'Copy the database', minutes: 30, after: [idOf('a')], owner: bo }),
  plan('c', { title: 'Start the imports', after: [idOf('b')], noReturn: true }),
  plan('d', { title: 'Write the notes', minutes: 5, rollback: '' }),
];

async function open(steps: readonly StepPlan[] = STEPS) {
  const night = new ReleaseNight(directory, me, steps);
  if (steps.length > 0) night.deploy();
  const muster = new ShellMuster({ directory, permissions: ['release.read', 'release.work'] });
  await render(ShellTrial, { muster, part: ChecklistPanel, given: { live: night, releases: night } });
  return { night, muster };
}

const list = () => page.getByRole('list', { name: 'Steps of the checklist' });
const box = (title: string) => page.getByRole('checkbox', { name: `${title}, done`, exact: true });

beforeEach(() => page.viewport(1200, 900));

describe('the checklist of a release', () => {
  test('[REL-25] is worked through by keys: what waits is not ticked and says for what', async () => {
    const { night } = await open();
    await render(Toaster);
    (list().element() as HTMLElement).focus();
    await userEvent.keyboard('j');
    await userEvent.keyboard('s');
    expect(night.step(idOf('a'))?.startedBy).toBe(me);
    await expect.element(list().getByText('Under way')).toBeVisible();
    await userEvent.keyboard('j ');
    await expect.element(page.getByText('It waits for “Stop the imports”.')).toBeVisible();
    await userEvent.keyboard('k ');
    await expect.element(box('Stop the imports')).toBeChecked();
    await userEvent.keyboard('j ');
    await expect.element(box('Copy the database')).toBeChecked();
    await userEvent.keyboard(' ');
    await expect.element(box('Copy the database')).not.toBeChecked();
  });

  test('its keys work before the list has focus, and are told with those of the page', async () => {
    const { night } = await open();
    expect(document.activeElement).toBe(document.body);
    await userEvent.keyboard('j');
    await expect.element(list()).toHaveFocus();
    await userEvent.keyboard('s');
    expect(night.step(idOf('a'))?.startedBy).toBe(me);
  });

  test('leads from a step to the one that it waits for, though a filter left that out', async () => {
    await open();
    await page.getByRole('combobox', { name: 'Which steps' }).selectOptions('Blocked');
    await expect.element(list().getByText('Write the notes')).not.toBeInTheDocument();
    await list().getByRole('button', { name: 'Stop the imports' }).click();
    await expect.element(list().getByText('Write the notes')).toBeVisible();
    expect(document.querySelector('[data-cursor]')?.getAttribute('data-step')).toBe(idOf('a'));
  });

  test('[REL-26] shows both of two who said different things: a tick with evidence stands', async () => {
    const { night } = await open();
    await list().getByText('Write the notes').click();
    await userEvent.keyboard('e');
    await page.getByRole('textbox', { name: 'What shows that it is done' }).fill('https://notes.example/12');
    const seen = night.version;
    await page.getByRole('button', { name: 'Attach', exact: true }).click();
    await expect
      .element(list().getByRole('link', { name: 'https://notes.example/12' }))
      .toHaveAttribute('href', 'https://notes.example/12');
    await box('Write the notes').click();
    night.as(bo, { verb: 'untick', step: idOf('d') }, seen);
    await expect.element(list().getByText(/The tick stands, since there is evidence/)).toBeVisible();
    await expect.element(box('Write the notes')).toBeChecked();
  });

  test('marks what waits for the server', async () => {
    const { night } = await open();
    night.online = false;
    await box('Write the notes').click();
    await expect.element(list().getByText('Not sent yet')).toBeVisible();
  });

  test('[REL-32] tells the expected end, late or early, and what everybody has to do next', async () => {
    const { night, muster } = await open();
    await expect.element(page.getByText('as planned')).toBeVisible();
    const crew = page.getByRole('list', { name: 'Next step of everybody' });
    await expect
      .element(crew.getByRole('listitem').nth(1))
      .toMatchTextContent(/in 10 min.*Copy the database/);
    muster.passTime(20 * MINUTE);
    await expect.element(page.getByText('20 min late')).toBeVisible();
    night.now += 20 * MINUTE;
    night.as(me, { verb: 'tick', step: idOf('a') });
    await expect.element(crew.getByRole('listitem').first()).toMatchTextContent(/now.*Copy the database/);
    await page.getByRole('tab', { name: 'Cut-over' }).click();
    const row = page.getByRole('row', { name: /Copy the database/ });
    await expect.element(row).toMatchTextContent(/none, critical/);
    await expect.element(page.getByRole('row', { name: /Write the notes/ })).toMatchTextContent(/35 min/);
  });

  test('[REL-40] [REL-41] undoes in reverse order, and not past the point of no return', async () => {
    const { night } = await open();
    night.as(me, { verb: 'tick', step: idOf('a') }).as(me, { verb: 'tick', step: idOf('b') });
    await page.getByRole('tab', { name: 'Way back' }).click();
    const steps = page.getByRole('list', { name: 'Steps to undo, in order' });
    await expect.element(steps.getByRole('listitem').first()).toMatchTextContent(/undo b/);
    await expect.element(steps.getByRole('checkbox').first()).toBeDisabled();
    night.as(me, { verb: 'tick', step: idOf('c') });
    await expect.element(page.getByText('Past the point of no return.')).toBeVisible();
    night.as(me, { verb: 'untick', step: idOf('c') });
    night.as(me, { verb: 'transition', to: 'rolling_back', reason: 'It fails' });
    await expect.element(steps.getByRole('checkbox', { name: 'Stop the imports, undone' })).toBeDisabled();
    await steps.getByRole('checkbox', { name: 'Copy the database, undone' }).click();
    expect(night.step(idOf('b'))?.rolledBackBy).toBe(me);
    await expect.element(page.getByText('1 of 2 undone')).toBeVisible();
    await expect.element(steps.getByRole('checkbox', { name: 'Stop the imports, undone' })).toBeEnabled();
  });

  test('[REL-41] once it is rolled back nobody is told to go forward, and what is undone next stands in its place', async () => {
    const { night } = await open();
    await render(Toaster);
    night.as(me, { verb: 'tick', step: idOf('a') }).as(me, { verb: 'tick', step: idOf('b') });
    night.as(me, { verb: 'start-step', step: idOf('c') });
    await expect.element(page.getByText('Under way')).toBeVisible();
    night.as(me, { verb: 'transition', to: 'rolling_back', reason: 'It fails' });
    // the way back opens by itself
    await expect.element(page.getByRole('list', { name: 'Steps to undo, in order' })).toBeVisible();
    await expect.element(page.getByText('Expected end')).not.toBeInTheDocument();
    await expect
      .element(page.getByRole('list', { name: 'Next step of everybody', exact: true }))
      .not.toBeInTheDocument();
    const next = page.getByRole('list', { name: 'Next step of everybody to undo' }).getByRole('listitem');
    await expect.element(next.first()).toMatchTextContent(/now.*undo b/);
    await expect.element(next.nth(1)).toMatchTextContent(/after what came later.*undo a/);

    await page.getByRole('tab', { name: 'Steps', exact: true }).click();
    await expect.element(page.getByText('Under way')).not.toBeInTheDocument();
    await expect.element(page.getByText(/none is ticked any more/)).toBeVisible();
    for (const title of ['Start the imports', 'Write the notes'])
      await expect.element(box(title)).toBeDisabled();
    (list().element() as HTMLElement).focus();
    await userEvent.keyboard('{End} ');
    await expect.element(page.getByText(/none is ticked any more/).nth(1)).toBeVisible();

    night.as(bo, { verb: 'roll-back-step', step: idOf('b') });
    await expect.element(next.first()).toMatchTextContent(/now.*undo a/);
    await expect.element(list().getByText('Undone')).toBeVisible();
  });

  test('takes a pasted plan, and has no more lines on the page than are in sight', async () => {
    const { night } = await open([]);
    await expect.element(page.getByText('No steps yet')).toBeVisible();
    await page.getByRole('button', { name: 'Add steps' }).click();
    const lines = Array.from({ length: 400 }, (_, index) => `Step number ${index + 1} (5 min)`);
    await page.getByRole('textbox', { name: 'Steps, one a line' }).fill(lines.join('\n'));
    await page.getByRole('checkbox', { name: 'Each waits for the one before' }).click();
    await page.getByRole('button', { name: 'Add 400 steps' }).click();
    await expect.element(box('Step number 1')).toBeVisible();
    expect(night.release.steps).toHaveLength(400);
    expect(night.release.steps[7]).toMatchObject({ minutes: 5, after: [night.release.steps[6]?.id] });
    expect(document.querySelectorAll('[data-step]').length).toBeLessThan(60);
    (list().element() as HTMLElement).focus();
    await userEvent.keyboard('{End}');
    await expect.element(box('Step number 400')).toBeVisible();
    expect(document.querySelectorAll('[data-step]').length).toBeLessThan(60);
  });

  test('redraws one row for a tick', async () => {
    const { night } = await open(
      Array.from({ length: 30 }, (_, n) => plan(`x${n}`, { title: `Number ${n}` })),
    );
    await expect.element(box('Number 3')).toBeVisible();
    const changed = new Set<string>();
    const watch = new MutationObserver((records) => {
      for (const { target } of records) {
        const element = target instanceof Element ? target : target.parentElement;
        const row = element?.closest('[data-step]')?.getAttribute('data-step');
        if (row != null) changed.add(row);
      }
    });
    watch.observe(list().element(), {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
    });
    night.as(bo, { verb: 'tick', step: idOf('x3') });
    await expect.element(box('Number 3')).toBeChecked();
    watch.disconnect();
    expect([...changed]).toEqual([idOf('x3')]);
  });

  test('sends only what was changed of a step', async () => {
    const { night } = await open();
    await list().getByText('Write the notes').click();
    await userEvent.keyboard('{Enter}');
    await page.getByRole('textbox', { name: 'Title' }).fill('Publish the notes');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.element(list().getByText('Publish the notes')).toBeVisible();
    expect(night.acts.at(-1)).toEqual({
      ...{ verb: 'edit-step', step: idOf('d'), fields: { title: 'Publish the notes' } },
    });
  });
});
