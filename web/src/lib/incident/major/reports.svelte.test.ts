import type { Person, TicketAct } from '@muster/domain/shared';
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { FixtureMuster } from '#lib/ticket/test-support/fixture-muster.svelte.ts';
import { NOW, makeDirectory, makeRow } from '#lib/ticket/test-support/tickets.ts';
import TimelineStage from '../test-support/TimelineStage.svelte';

const MINUTE = 60_000;
const directory = makeDirectory();
const [first, second] = [...directory.people.values()] as [Person, Person];

/** A major incident, SEV-1, begun some minutes ago, as its commander or an agent sees it. */
async function openMajor(minutesAgo: number, as: 'commander' | 'agent' = 'commander') {
  const since = NOW - minutesAgo * MINUTE;
  const { id: commander } = as === 'commander' ? first : second;
  const row = makeRow(0, {
    process: 'incident',
    kind: 'incident',
    state: 'in_progress',
    priority: 1,
    major: {
      state: 'accepted',
      severity: 1,
      since,
      proposedBy: commander,
      rule: null,
      reason: null,
      acceptedAt: since,
      endedAt: null,
      phases: [{ phase: 'triage', at: since }],
      roles: [{ role: 'commander', person: commander, since }],
      offer: null,
      review: null,
      reports: null,
    },
  });
  const me: Person = { ...first, roles: ['agent'] } as Person;
  const people = new Map(directory.people).set(me.id, me);
  const muster = new FixtureMuster({ rows: [row], me, directory: { ...directory, people } });
  const screen = await render(TimelineStage, { muster, id: row.id });
  return { muster, row, screen, reports: screen.getByRole('group', { name: 'Status reports' }) };
}

const lastAct = (muster: FixtureMuster): TicketAct | undefined => muster.sent.at(-1)?.act;

beforeEach(() => page.viewport(1300, 900));

describe('status reports of a major incident', () => {
  test('[INC-82] a countdown tells the next report, and leaders set how often it comes', async () => {
    const { muster, screen, reports } = await openMajor(10);
    const timer = reports.getByRole('timer');
    await expect.element(timer).toMatchTextContent('Next report in 0:20:00');
    await reports.getByRole('button', { name: 'How often reports are due' }).click();
    await screen.getByRole('menuitemradio', { name: 'every hour' }).click();
    await expect.element(timer).toMatchTextContent('Next report in 0:50:00');
    expect(lastAct(muster)).toEqual({ verb: 'set-report-interval', minutes: 60 });
  });

  test('[INC-85] it warns five minutes before, and says how long a report is overdue', async () => {
    const { reports } = await openMajor(26);
    await expect.element(reports.getByRole('status')).toMatchTextContent('A status report is due soon');
    const { reports: late } = await openMajor(45);
    await expect.element(late.getByRole('timer').last()).toMatchTextContent('Report overdue 0:15:00');
    await expect.element(late.getByRole('status').last()).toMatchTextContent('A status report is overdue');
  });

  test('[INC-80] a report is written by its key, kept as a draft, sent, and read in panel and timeline', async () => {
    const { muster, row, screen, reports } = await openMajor(45);
    await expect.element(reports).toMatchTextContent(/No report yet/);
    await userEvent.keyboard('{Shift>}R{/Shift}');
    const dialog = screen.getByRole('dialog', { name: 'Status report' });
    await expect.element(dialog.getByRole('button', { name: 'Send the report' })).toBeDisabled();
    await dialog.getByLabelText('Conditions').fill('Nobody can pay by card');
    await dialog.getByLabelText('Needs').fill('The number of the bank');
    await dialog.getByRole('button', { name: 'Keep as a draft' }).click();
    expect(muster.drafts.get(`report-conditions:${row.id}`).text).toBe('Nobody can pay by card');

    await reports.getByRole('button', { name: 'Go on with the report' }).click();
    await expect.element(dialog.getByLabelText('Needs')).toHaveValue('The number of the bank');
    await dialog.getByRole('button', { name: 'Send the report' }).click();
    expect(lastAct(muster)).toMatchObject({ verb: 'send-report', actions: '' });
    expect(muster.drafts.get(`report-conditions:${row.id}`).text).toBe('');
    await expect.element(reports.getByRole('timer')).toMatchTextContent('Next report in 0:30:00');
    await reports.getByText(/Last report by/).click();
    await expect.element(reports.getByText('Nobody can pay by card')).toBeVisible();
    const timeline = screen.getByRole('region', { name: 'Timeline' });
    await expect.element(timeline).toMatchTextContent(/sent a status report/);
    await expect.element(timeline).toMatchTextContent(/Needs: The number of the bank/);
  });

  test('[INC-81] who has no part in it reads reports and sends none', async () => {
    const { muster, row, screen, reports } = await openMajor(10, 'agent');
    await expect.element(reports.getByRole('timer')).toBeVisible();
    await expect.element(reports.getByRole('button')).not.toBeInTheDocument();
    await userEvent.keyboard('{Shift>}R{/Shift}');
    await expect.element(screen.getByRole('dialog')).not.toBeInTheDocument();
    muster.commands.run('incident', row.id, { verb: 'assign-role', role: 'scribe', person: first.id });
    await expect.element(reports.getByRole('button', { name: 'Write a report' })).toBeVisible();
  });
});
