import type { Problem, ProblemAct } from '@muster/domain/problem';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import StepDialog from './StepDialog.svelte';

async function open(fix: string) {
  const acts: ProblemAct[] = [];
  const onact = (act: ProblemAct) => {
    acts.push(act);
    return Promise.resolve(null);
  };
  const problem = { state: 'fix_in_progress', fix } as Problem;
  const given = { problem, to: 'resolved', others: [], waiting: 0, onact, onclose: () => undefined };
  await render(ShellTrial, { muster: new ShellMuster(), part: StepDialog, given });
  return { acts, answer: page.getByRole('dialog').getByRole('button', { name: 'Resolve' }) };
}

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
