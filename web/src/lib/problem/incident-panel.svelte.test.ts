import type { Problem } from '@muster/domain/problem';
import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Muster } from '#lib/live/muster.ts';
import type { LiveProblems } from '#lib/live/problem/live-problems.ts';
import { aProblem } from '#lib/live/test-support/problem-desk.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import { makeRow } from '#lib/ticket/test-support/tickets.ts';
import '#lib/styles/base.css';
import IncidentPanel from './IncidentPanel.svelte';

class ProblemsMuster extends ShellMuster {
  readonly #all: readonly Problem[];

  constructor(all: readonly Problem[]) {
    super();
    this.#all = all;
  }

  override openProblems(): ReturnType<Muster['openProblems']> {
    const all = this.#all;
    const ofIncident = (id: RecordId) => all.filter(({ incidents }) => incidents.includes(id));
    return Promise.resolve({ all, ofIncident, loaded: true } as unknown as LiveProblems);
  }
}

const incident = makeRow(1, { process: 'incident', state: 'in_progress' });
const behind = (state: Problem['state']): Problem => ({
  ...aProblem(recordId('01P00000000000000000000003'), [incident.id]),
  state,
});
const open = (all: readonly Problem[], row = incident) =>
  render(ShellTrial, { muster: new ProblemsMuster(all), part: IncidentPanel, given: { row } });
const begin = page.getByRole('button', { name: 'Open a problem' });
const rows = page.getByRole('list', { name: 'Problems behind this' });

test('an incident has one problem that looks for its cause, and another where that was cancelled', async () => {
  await open([behind('cancelled')]);
  await expect.element(rows).toBeVisible();
  await expect.element(begin).toBeVisible();
});

test('what has a problem, or goes on in another incident, is offered no second one', async () => {
  const held = await open([behind('rca')]);
  await expect.element(rows).toBeVisible();
  await expect.element(begin).not.toBeInTheDocument();
  await held.unmount();
  await open([behind('cancelled')], { ...incident, state: 'merged' });
  await expect.element(rows).toBeVisible();
  await expect.element(begin).not.toBeInTheDocument();
});
