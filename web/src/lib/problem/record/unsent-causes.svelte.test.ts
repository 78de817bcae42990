import { recordId } from '@muster/domain/shared';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { aProblem, problemsHere } from '#lib/live/test-support/problem-desk.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import Fishbone from '../analysis/Fishbone.svelte';
import CausesCard from './CausesCard.svelte';

const PROBLEM = recordId('01P00000000000000000000002');

test('what contributes is kept as a draft until it is added, and when it is refused', async () => {
  const muster = new ShellMuster();
  const { problems } = problemsHere('agent', [aProblem(PROBLEM)]);
  const onact = vi.fn(() => Promise.resolve<string | null>('It is closed.'));
  const given = { it: problems.get(PROBLEM), canWork: true, canPick: true, onact };
  await render(ShellTrial, { muster, part: CausesCard, given });
  const field = page.getByLabelText('What contributes');
  await field.fill('No alarm on the queue');
  expect(muster.drafts.get(`cause:${PROBLEM}`).text).toBe('No alarm on the queue');
  await page.getByRole('button', { name: 'Add a factor' }).click();
  await expect.element(field).toHaveValue('No alarm on the queue');
  onact.mockResolvedValue(null);
  await page.getByRole('button', { name: 'Add a factor' }).click();
  await expect.element(field).toHaveValue('');
  expect(muster.drafts.get(`cause:${PROBLEM}`).text).toBe('');
});

test('what may have had a part in it is there again after a reload, and gone once it is added', async () => {
  const muster = new ShellMuster();
  muster.drafts.write(`fishbone:${PROBLEM}`, 'Nobody on call');
  const analysis = { loaded: true, trees: () => [], add: vi.fn() };
  const given = { id: PROBLEM, analysis, title: 'Mail waits', canWork: true };
  await render(ShellTrial, { muster, part: Fishbone, given });
  const field = page.getByLabelText('What may have had a part in it');
  await expect.element(field).toHaveValue('Nobody on call');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  expect(analysis.add).toHaveBeenCalledWith('fishbone', 'Nobody on call', { bone: 'technology' });
  await expect.element(field).toHaveValue('');
});
