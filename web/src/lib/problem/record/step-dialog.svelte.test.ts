import type { Problem, ProblemAct, ProblemState } from '@muster/domain/problem';
import { afterEach, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import StepDialog from './StepDialog.svelte';

async function openStep(problem: Partial<Problem>, to: ProblemState, answer: string, others: object[] = []) {
  const acts: ProblemAct[] = [];
  const onact = (act: ProblemAct) => {
    acts.push(act);
    return Promise.resolve(null);
  };
  const given = { problem, to, others, waiting: 0, onact, onclose: () => undefined };
  await render(ShellTrial, { muster: new ShellMuster(), part: StepDialog, given });
  return { acts, answer: page.getByRole('dialog').getByRole('button', { name: answer }) };
}

const open = (fix: string) => openStep({ state: 'fix_in_progress', fix }, 'resolved', 'Resolve');

afterEach(() => {
  vi.restoreAllMocks();
});

test('a fix that nobody wrote yet is asked for with the step, and written before it', async () => {
  const { acts, answer } = await open('');
  await expect.element(answer).toBeDisabled();
  await page.getByRole('textbox', { name: 'Fix' }).fill('Replace the gateway');
  await answer.click();
  await expect
    .poll(() => acts)
    .toEqual([
      { verb: 'edit', fields: { fix: 'Replace the gateway' } },
      { verb: 'step', to: 'resolved', resolution: 'fix_applied' },
    ]);
});

test('a fix that stands there is not asked for again', async () => {
  const { acts, answer } = await open('Replace the gateway');
  await expect.element(page.getByRole('textbox', { name: 'Fix' })).not.toBeInTheDocument();
  await answer.click();
  await expect.poll(() => acts).toEqual([{ verb: 'step', to: 'resolved', resolution: 'fix_applied' }]);
});

test('[PRB-7] a duplicate names the problem that it goes on in, and why where it is worth a word', async () => {
  const other = { id: '01P00000000000000000000009', title: 'The pool is full', number: 'PRB-2026-00009' };
  const { acts, answer } = await openStep({ state: 'assess' }, 'duplicate', 'Duplicate of another', [other]);
  await expect.element(answer).toBeDisabled();
  await page.getByRole('combobox', { name: 'It goes on in' }).click();
  await page.getByRole('option', { name: /The pool is full/ }).click();
  await answer.click();
  await expect.poll(() => acts).toEqual([{ verb: 'step', to: 'duplicate', into: other.id }]);
});

test('[PRB-6] a risk is accepted for a reason, until the day on which it is looked at again', async () => {
  const { acts, answer } = await openStep({ state: 'rca' }, 'risk_accepted', 'Accept the risk');
  await expect.element(answer).toBeDisabled();
  await page.getByRole('textbox', { name: 'Why' }).fill('The site moves in a year');
  await page.getByLabelText('Looked at again on').fill('2027-03-01');
  await answer.click();
  const reviewAt = new Date('2027-03-01T09:00:00').getTime();
  const reason = 'The site moves in a year';
  await expect.poll(() => acts).toEqual([{ verb: 'step', to: 'risk_accepted', reason, reviewAt }]);
});

test('[PRB-6] a review is proposed in ninety days by the calendar of whoever accepts the risk', async () => {
  vi.spyOn(Date.prototype, 'getTimezoneOffset').mockReturnValue(-14 * 60);
  // half past ten in the morning of 24 November by UTC, and the next day already here
  await openStep({ state: 'rca' }, 'risk_accepted', 'Accept the risk');
  await expect.element(page.getByLabelText('Looked at again on')).toHaveValue('2027-02-23');
});

test('[FLW-50] what waits for a problem is told of before that is cancelled', async () => {
  const given = { problem: { state: 'rca' }, to: 'cancelled', others: [], waiting: 2 };
  const acts = { onact: () => Promise.resolve(null), onclose: () => undefined };
  await render(ShellTrial, { muster: new ShellMuster(), part: StepDialog, given: { ...given, ...acts } });
  await expect
    .element(page.getByText('2 incidents that wait for it stay on hold, with a note of this.'))
    .toBeVisible();
});
