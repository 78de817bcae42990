import type { Person } from '@muster/domain/shared';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { FixtureMuster } from '#lib/ticket/test-support/fixture-muster.svelte.ts';
import { makeDirectory, makeRow } from '#lib/ticket/test-support/tickets.ts';
import TimelineStage from '../test-support/TimelineStage.svelte';
import { elapsedWords } from './second-clock.svelte.ts';

const directory = makeDirectory();
const [first, second, third] = directory.people.values();
if (!first || !second || !third) throw new Error('too few people');

/** An incident on the screen, as seen by a lead or by an agent. */
async function openIncident(role: 'team-lead' | 'agent' = 'team-lead') {
  const row = makeRow(0, { process: 'incident', kind: 'incident', state: 'in_progress', priority: 1 });
  const me: Person = { ...first, roles: [role] } as Person;
  const people = new Map(directory.people).set(me.id, me);
  const muster = new FixtureMuster({ rows: [row], me, directory: { ...directory, people } });
  const screen = await render(TimelineStage, { muster, id: row.id });
  return { muster, row, screen, bar: screen.getByRole('region', { name: 'Major incident' }) };
}

async function openMajor() {
  const opened = await openIncident();
  const { muster, row, bar } = opened;
  muster.commands.run('incident', row.id, { verb: 'accept-major', severity: 2 });
  await expect.element(bar).toBeVisible();
  return opened;
}

beforeEach(() => page.viewport(1300, 900));
afterEach(() => void vi.useRealTimers());

describe('a major incident on its record', () => {
  test('[INC-7] an agent proposes it with a reason, and cannot accept it', async () => {
    const { muster, screen } = await openIncident('agent');
    await screen.getByRole('button', { name: 'Propose as a major incident' }).click();
    const dialog = screen.getByRole('dialog', { name: 'Propose as a major incident' });
    await expect.element(dialog.getByRole('button', { name: 'Propose' })).toBeDisabled();
    await dialog.getByLabelText('Why').fill('All branches are cut off');
    await dialog.getByRole('button', { name: 'Propose' }).click();
    const proposal = screen.getByRole('region', { name: 'Proposed major incident' });
    await expect.element(proposal).toMatchTextContent(/All branches are cut off/);
    await expect.element(proposal.getByRole('button')).not.toBeInTheDocument();
    expect(muster.sent.at(-1)?.act).toMatchObject({ verb: 'propose-major', severity: 2 });
  });

  test('[INC-10] shows the phase, and its leaders move it only where it may go', async () => {
    const { bar, screen } = await openMajor();
    const current = bar.getByRole('listitem').filter({ hasText: 'Triage' });
    await expect.element(current).toHaveAttribute('aria-current', 'step');
    await bar.getByRole('button', { name: 'Move phase' }).click();
    await expect
      .poll(() =>
        screen
          .getByRole('menuitem')
          .elements()
          .map((item) => item.textContent.replaceAll(/\s+/g, ' ').trim()),
      )
      .toEqual(['Investigating', 'Resolve … Resolving the record moves the phase']);
    await screen.getByRole('menuitem', { name: 'Investigating' }).click();
    const next = bar.getByRole('listitem').filter({ hasText: 'Investigating' });
    await expect.element(next).toHaveAttribute('aria-current', 'step');
  });

  test('[INC-11] it is resolved from where its phase is moved', async () => {
    const { muster, row, bar, screen } = await openMajor();
    await bar.getByRole('button', { name: 'Move phase' }).click();
    await screen.getByRole('menuitem', { name: /^Resolve …/ }).click();
    const dialog = screen.getByRole('dialog');
    await dialog.getByRole('combobox', { name: 'How it was resolved' }).click();
    await page.getByRole('option', { name: 'Solved', exact: true }).click();
    await dialog.getByLabelText('What was done').fill('The cable was replaced');
    await dialog.getByRole('button', { name: 'Apply' }).click();
    await expect.poll(() => muster.tickets.get(row.id)?.state).toBe('resolved');
  });

  test('[INC-11] its clock stands still once it is resolved', async () => {
    const { muster, row, screen } = await openMajor();
    muster.commands.run('incident', row.id, {
      verb: 'transition',
      to: 'resolved',
      code: 'Solved',
      notes: 'The cable was replaced',
    });
    const { major, resolvedAt } = muster.tickets.get(row.id) ?? {};
    if (!major || !resolvedAt) throw new Error('it is not resolved');
    await screen.unmount();
    vi.useFakeTimers({ toFake: ['Date'], now: resolvedAt + 3 * 3_600_000 });
    await render(TimelineStage, { muster, id: row.id });
    const clock = page.getByRole('region', { name: 'Major incident' }).getByRole('timer');
    await expect.element(clock).toMatchTextContent(elapsedWords(resolvedAt - major.since));
  });

  test('[INC-17] the command is offered to one person, and the offer is taken back', async () => {
    const { muster, bar, screen } = await openMajor();
    await bar.getByRole('button', { name: 'Hand over the command' }).click();
    const dialog = screen.getByRole('dialog', { name: 'Hand over the command' });
    await dialog.getByRole('combobox', { name: 'Offer it to' }).click();
    await page
      .getByRole('option', { name: new RegExp(second.name) })
      .first()
      .click();
    await dialog.getByRole('button', { name: 'Offer' }).click();
    await expect.element(bar).toMatchTextContent(new RegExp(`The command is offered to ${second.name}`));
    await expect.element(bar.getByRole('button', { name: 'Hand over the command' })).not.toBeInTheDocument();
    await bar.getByRole('button', { name: 'Take the offer back' }).click();
    await expect.element(bar.getByRole('button', { name: 'Hand over the command' })).toBeVisible();
    expect(muster.sent.map(({ act }) => act.verb).slice(-2)).toEqual(['offer-command', 'answer-command']);
  });

  test('[INC-19] roles are given and taken off', async () => {
    const { bar, screen } = await openMajor();
    await bar.getByRole('button', { name: 'Add a role' }).click();
    const dialog = screen.getByRole('dialog', { name: 'Add a role' });
    await dialog.getByLabelText('Role').selectOptions('deputy');
    await dialog.getByRole('combobox', { name: 'Person' }).click();
    await page
      .getByRole('option', { name: new RegExp(third.name) })
      .first()
      .click();
    await dialog.getByRole('button', { name: 'Add' }).click();
    const roles = bar.getByRole('list', { name: 'Roles' });
    await expect.element(roles).toMatchTextContent(new RegExp(`Deputy ${third.name}`));
    await bar.getByRole('button', { name: `Take ${third.name} off as deputy` }).click();
    await expect.element(roles).not.toMatchTextContent(/Deputy/);
  });

  test('[INC-14] severity is set from its menu, and demoting asks why', async () => {
    const { bar, screen } = await openMajor();
    await bar.getByRole('button', { name: 'Major SEV-2' }).click();
    await screen.getByRole('menuitem', { name: /SEV-1/ }).click();
    await expect.element(bar.getByRole('button', { name: 'Major SEV-1' })).toBeVisible();
    await bar.getByRole('button', { name: 'Demote' }).click();
    const dialog = screen.getByRole('dialog', { name: 'Make it an ordinary incident again' });
    await dialog.getByLabelText('Why').fill('Only one room was affected');
    await userEvent.keyboard('{Tab}{Tab}{Enter}');
    await expect.element(bar).not.toBeInTheDocument();
  });
});
