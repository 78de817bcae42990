import { writeProblem } from '@muster/documents/problem';
import { recordId } from '@muster/domain/shared';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { aProblem, problemsHere } from '#lib/live/test-support/problem-desk.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import ProblemScreen from './ProblemScreen.svelte';

const PROBLEM = recordId('01P00000000000000000000002');

test('[PRB-8] of what is over nothing is written: neither its fields nor its analysis', async () => {
  const { problems, board } = problemsHere('agent', [aProblem(PROBLEM)]);
  const muster = new ShellMuster({ permissions: ['problem.read', 'problem.work'] });
  const api = { request: () => Promise.reject(new Error('no network')) };
  await render(ShellTrial, { muster, api, part: ProblemScreen, given: { problems, id: PROBLEM } });
  const boxes = page.getByRole('textbox');
  await expect.poll(() => boxes.all().length).toBeGreaterThan(0);
  writeProblem(board, { ...aProblem(PROBLEM), version: 2, state: 'cancelled' });
  await expect.poll(() => boxes.all().length).toBe(0);
});

test('[PRB-4] whose words are replaced unread is told: a form sends what it found when it was opened', async () => {
  const it = aProblem(PROBLEM);
  const { problems, board, acts } = problemsHere('agent', [it]);
  const muster = new ShellMuster({ permissions: ['problem.read', 'problem.work'] });
  const api = { request: () => Promise.reject(new Error('no network')) };
  await render(ShellTrial, { muster, api, part: ProblemScreen, given: { problems, id: PROBLEM } });
  const basis = problems.basisOf(PROBLEM);
  await page.getByRole('button', { name: 'Change', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the problem' });
  writeProblem(board, { ...it, version: basis + 1, fix: 'Restart it', workaround: 'Use the other one' });
  await expect.element(page.getByText('Use the other one')).toBeVisible();
  await dialog.getByRole('textbox', { name: 'Fix' }).fill('Replace the gateway');
  await dialog.getByRole('button', { name: 'Change' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(acts.commands.map(({ envelope }) => [envelope.args, envelope.basis])).toEqual([
    [{ fields: { fix: 'Replace the gateway' } }, basis],
  ]);
});
