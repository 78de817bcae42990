import type { Person, Team } from '@muster/domain/shared';
import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { FixtureMuster } from '../test-support/fixture-muster.svelte.ts';
import RecordStage from '../test-support/RecordStage.svelte';
import { makeDirectory, makeRow } from '../test-support/tickets.ts';

beforeEach(() => page.viewport(1300, 900));

const directory = makeDirectory();
const [me, lead] = [...directory.people.values()] as [Person, Person];
const [home, other] = [...directory.teams.values()] as [Team, Team];

async function openRecord() {
  const teams = new Map(directory.teams).set(home.id, { ...home, lead: lead.id });
  const row = makeRow(0, { team: home.id, owner: me.id, state: 'in_progress', watchers: [] });
  const muster = new FixtureMuster({ rows: [row], me, directory: { ...directory, teams } });
  const screen = await render(RecordStage, { muster, id: row.id });
  await screen.getByRole('button', { name: 'More' }).first().click();
  await screen.getByRole('menuitem', { name: /^Escalate/ }).click();
  return { muster, row, screen, dialog: screen.getByRole('dialog', { name: 'Escalate' }) };
}

describe('escalating a record', () => {
  test('[DSK-101] upward it says to whom and why, until somebody ends it with a reason', async () => {
    const { muster, row, screen, dialog } = await openRecord();
    await dialog.getByLabelText('Where to').selectOptions('upward');
    await expect.element(dialog).toMatchTextContent(/to the team’s lead/);
    await expect.element(dialog.getByRole('button', { name: 'Escalate' })).toBeDisabled();
    await dialog.getByLabelText('Why').fill('The branch stands still');
    await dialog.getByRole('button', { name: 'Escalate' }).click();
    const banner = screen.getByText(/Escalated to the team’s lead.*The branch stands still/);
    await expect.element(banner).toBeVisible();
    expect(muster.tickets.get(row.id)).toMatchObject({ watchers: [lead.id], escalation: { level: 1 } });
    await screen.getByRole('button', { name: 'End the escalation' }).click();
    const ending = screen.getByRole('dialog', { name: 'End the escalation' });
    await ending.getByLabelText('Why').fill('It works again');
    await ending.getByRole('button', { name: 'End it' }).click();
    await expect.element(banner).not.toBeInTheDocument();
  });

  test('[DSK-100] to another team it keeps who is in touch with the requester', async () => {
    const { muster, row, screen, dialog } = await openRecord();
    await dialog.getByRole('combobox', { name: 'Team' }).click();
    await page.getByRole('option', { name: other.name }).click();
    await dialog.getByLabelText('Why').fill('Needs their access');
    await dialog.getByRole('button', { name: 'Escalate' }).click();
    await expect.element(screen.getByText('keeps in touch with the requester')).toBeVisible();
    expect(muster.tickets.get(row.id)).toMatchObject({
      team: other.id,
      owner: null,
      escalation: { contact: me.id },
    });
  });
});
