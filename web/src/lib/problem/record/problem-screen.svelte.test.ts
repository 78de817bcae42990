import { writeProblem } from '@muster/documents/problem';
import { recordId } from '@muster/domain/shared';
import { expect, onTestFinished, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { aProblem, problemsHere } from '#lib/live/test-support/problem-desk.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { STEP_WORDS } from '#lib/wording/problem-words.ts';
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

test('[PRB-14] the file has the beginnings of incidents that left the device, as the screen has them, and says of how many it has none', async () => {
  const [told, hidden] = [recordId('01R00000000000000000000001'), recordId('01R00000000000000000000002')];
  const { problems } = problemsHere('agent', [aProblem(PROBLEM, [told, hidden])]);
  const muster = new ShellMuster({ permissions: ['problem.read', 'problem.work'] });
  const head = { id: told, number: 'INC-7', title: 'No light', state: 'closed', createdAt: 0 };
  const request = (path: string) =>
    path.startsWith('/api/records')
      ? Promise.resolve({ records: [head] })
      : Promise.reject(new Error('no network'));
  await render(ShellTrial, {
    muster,
    api: { request },
    part: ProblemScreen,
    given: { problems, id: PROBLEM },
  });
  await expect.element(page.getByText(/began: No light/)).toBeVisible();
  const made = vi.spyOn(URL, 'createObjectURL');
  onTestFinished(() => made.mockRestore());
  await page.getByRole('button', { name: 'Save as Markdown' }).click();
  const text = await (made.mock.calls[0]?.[0] as Blob).text();
  expect(text).toMatch(/^- 1970-01-01 00:00 UTC .* began: No light$/m);
  expect(text).toContain('- (how one incident began is not on this device)');
});

test('[PRB-82] one that left the board is taken up again on any network, and without one what was written of it stays', async () => {
  const { problems, acts } = problemsHere('team-lead', []);
  const far = { ...aProblem(PROBLEM), state: 'closed', token: 'P-1', pending: 0 } as const;
  const muster = new ShellMuster({ permissions: ['problem.read', 'problem.work', 'problem.manage'] });
  muster.facts.connection = 'syncing';
  const api = { request: () => Promise.reject(new Error('no network')) };
  await render(ShellTrial, { muster, api, part: ProblemScreen, given: { problems, id: PROBLEM, far } });
  await page.getByRole('button', { name: 'Analyse again' }).click();
  const dialog = page.getByRole('dialog');
  const why = dialog.getByRole('textbox', { name: 'Why' });
  await why.fill('It came back');
  muster.facts.connection = 'offline';
  const send = dialog.getByRole('button', { name: STEP_WORDS.rca, exact: true });
  await send.click();
  await expect.element(dialog.getByText(/taking it up again takes a network/)).toBeVisible();
  await expect.element(why).toHaveValue('It came back');
  expect(acts.types).toEqual([]);
  muster.facts.connection = 'live';
  await send.click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(acts.types).toEqual(['problem.step']);
});
