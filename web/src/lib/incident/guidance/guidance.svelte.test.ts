import type { Person, Role, Runbook } from '@muster/domain/shared';
import { serviceId } from '@muster/domain/shared';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { FixtureMuster } from '#lib/ticket/test-support/fixture-muster.svelte.ts';
import { makeDirectory, makeRow } from '#lib/ticket/test-support/tickets.ts';
import TimelineStage from '../test-support/TimelineStage.svelte';

const directory = makeDirectory();
const [first] = [...directory.people.values()] as [Person];
const [service] = [...directory.services.keys()];

const runbook = (id: string, name: string, when: Partial<Runbook> = {}): Runbook => ({
  id,
  version: 1,
  name,
  service: null,
  category: null,
  alert: null,
  steps: [
    { id: `01HZZZZZZZZZZZZZZZZZZZ${id}1`, phase: 'fixing', words: `Restart for ${name}`, link: null },
    {
      id: `01HZZZZZZZZZZZZZZZZZZZ${id}2`,
      phase: 'triage',
      words: `Look for ${name}`,
      link: 'https://wiki.example.org/look',
    },
  ],
  ...when,
});

/** What the last test opened. */
let opened: { readonly muster: FixtureMuster; readonly row: ReturnType<typeof makeRow> };

async function openIncident(runbooks: readonly Runbook[], role: Role = 'agent') {
  const row = makeRow(0, {
    process: 'incident',
    kind: 'incident',
    state: 'in_progress',
    service: service ?? null,
  });
  const me: Person = { ...first, roles: [role] };
  const known = {
    ...directory,
    people: new Map(directory.people).set(me.id, me),
    runbooks: new Map(runbooks.map((one) => [one.id, one])),
  };
  const muster = new FixtureMuster({ rows: [row], me, directory: known });
  opened = { muster, row };
  return render(TimelineStage, { muster, id: row.id });
}

beforeEach(() => page.viewport(1300, 900));

describe('runbooks of an incident', () => {
  test('[INC-91] it proposes what fits, the most specific first', async () => {
    const screen = await openIncident([
      runbook('A00', 'Anything'),
      runbook('B00', 'The service', { service: service ?? null }),
      runbook('C00', 'Another service', { service: serviceId('another') }),
    ]);
    const items = screen.getByRole('list', { name: 'Runbooks that fit' }).getByRole('listitem');
    await expect.element(items.nth(0)).toMatchTextContent(/The service/);
    await expect.element(items.nth(1)).toMatchTextContent(/Anything 2 steps, for every incident/);
    await expect.element(items.nth(2)).not.toBeInTheDocument();
  });

  test('[INC-92] opened, its steps are tasks by phase, with their links, and are not offered again', async () => {
    const screen = await openIncident([runbook('A00', 'Mail')]);
    await screen.getByRole('button', { name: 'Open the runbook Mail' }).click();
    const triage = screen.getByRole('list', { name: 'Mail: Triage' });
    await expect.element(triage.getByRole('checkbox', { name: 'Look for Mail, done' })).toBeVisible();
    await expect
      .element(triage.getByRole('link', { name: 'https://wiki.example.org/look' }))
      .toHaveAttribute('href', 'https://wiki.example.org/look');
    await expect
      .element(screen.getByRole('list', { name: 'Mail: Fixing' }).getByRole('checkbox'))
      .toHaveLength(1);
    await expect.element(screen.getByText('Opened: its steps are among the tasks')).toBeVisible();
    await triage.getByRole('checkbox').click();
    await expect.element(triage.getByRole('checkbox')).toBeChecked();
  });

  test('[INC-143] opening one is taken back, but for a step that somebody ticked, and it is opened anew', async () => {
    const mail = runbook('A00', 'Mail');
    const screen = await openIncident([mail]);
    const button = screen.getByRole('button', { name: 'Open the runbook Mail' });
    await button.click();
    const boxes = screen.getByRole('checkbox', { name: /, done$/ });
    await expect.element(boxes).toHaveLength(2);
    await boxes.first().click();
    // what the toast's button does
    const timeline = opened.muster.openTimeline(opened.row.id);
    onTestFinished(() => timeline.close());
    expect(timeline.putAwaySteps(mail.steps.map(({ id }) => id))).toBe(1);
    await expect.element(boxes).toHaveLength(1);
    await expect.element(boxes).toBeChecked();
    await screen.getByRole('button', { name: 'Add 1 step of Mail' }).click();
    await expect.element(boxes).toHaveLength(2);
    expect(timeline.putAwaySteps(mail.steps.map(({ id }) => id))).toBe(1);
    await screen.getByRole('button', { name: 'Hide this task' }).first().click();
    await button.click();
    await expect.element(boxes).toHaveLength(2);
  });

  test('[INC-94] where none fits it says what a runbook is, and leads who may write one there', async () => {
    const screen = await openIncident([]);
    await screen.getByText('Runbooks', { exact: true }).click();
    await expect.element(screen.getByText(/Team leads write them/)).toBeVisible();
    await screen.unmount();
    const lead = await openIncident([], 'team-lead');
    await lead.getByText('Runbooks', { exact: true }).click();
    await expect
      .element(lead.getByRole('link', { name: 'Write one' }))
      .toHaveAttribute('href', '/admin/runbooks');
  });
});
