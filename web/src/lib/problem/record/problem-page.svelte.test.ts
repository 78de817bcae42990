import { writeProblem } from '@muster/documents/problem';
import { recordId } from '@muster/domain/shared';
import { tick } from 'svelte';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { BoundaryError } from '#lib/connection/boundary-error.ts';
import type { Muster } from '#lib/live/muster.ts';
import { aProblem, problemsHere } from '#lib/live/test-support/problem-desk.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import ProblemPage from './ProblemPage.svelte';

const far = aProblem(recordId('01P00000000000000000000002'), [], { title: 'The mast is in the shade' });

const over = { ...far, state: 'cancelled' as const, endedAt: 1, version: 7 };

class BoardMuster extends ShellMuster {
  readonly held = problemsHere('team-lead', []);

  override openProblems(): ReturnType<Muster['openProblems']> {
    return Promise.resolve(this.held.problems);
  }
}

async function open(answer: (path: string) => Promise<unknown>) {
  const muster = new BoardMuster({ permissions: ['problem.read', 'problem.work', 'problem.manage'] });
  const given = { reference: far.number };
  await render(ShellTrial, { muster, api: { request: answer }, part: ProblemPage, given });
  return muster;
}

/** The server has it; of nothing else it says anything. */
function tellOver(asked: string[] = []) {
  return (path: string) => {
    asked.push(path);
    return path.startsWith('/api/problems/')
      ? Promise.resolve({ problem: over, events: [] })
      : Promise.reject(new Error('no network'));
  };
}

const title = page.getByRole('heading', { name: 'The mast is in the shade' });
const takeUp = page.getByRole('button', { name: 'Analyse again' });

test('[PRB-82] a problem that has left the board is read from the server, by its number too', async () => {
  const asked: string[] = [];
  await open(tellOver(asked));
  await expect.element(title).toBeVisible();
  expect(asked).toContain(`/api/problems/${far.number}`);
  await expect.element(page.getByRole('button', { name: 'Change', exact: true })).not.toBeInTheDocument();
});

test('[PRB-8] a problem that has left the board is taken up again from its page, and worked on there', async () => {
  const { held } = await open(tellOver());
  await takeUp.click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Why' }).fill('It came back');
  await dialog.getByRole('button', { name: 'Analyse the cause' }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(held.acts.commands.map(({ envelope: { type, target, args, basis } }) => [type, target, args, basis]))
    // as it was read: who takes it up meanwhile is told of
    .toEqual([['problem.step', far.id, { to: 'rca', reason: 'It came back' }, over.version]]);
  writeProblem(held.board, { ...over, state: 'rca', endedAt: null, version: over.version + 1 });
  await expect.element(page.getByRole('button', { name: 'Change', exact: true })).toBeVisible();
});

test('[PRB-82] taking up again what has left the board takes a network, and says so', async () => {
  const muster = await open(tellOver());
  await expect.element(takeUp).toBeEnabled();
  muster.facts = { ...muster.facts, connection: 'offline' };
  await expect.element(takeUp).toBeDisabled();
  await expect.element(page.getByText(/taking it up again takes a network/)).toBeVisible();
});

test('[PRB-82] what is being read is not asked for again each time there is a network', async () => {
  const asked: string[] = [];
  await open(tellOver(asked));
  await expect.element(title).toBeVisible();
  const before = title.element();
  const questions = () => asked.filter((path) => path.startsWith('/api/problems/'));
  window.dispatchEvent(new Event('online'));
  await tick();
  await expect.element(title).toBeVisible();
  expect([questions().length, title.element()]).toEqual([1, before]);
});

test('[PRB-82] one that the server does not have is not here', async () => {
  await open(() => Promise.reject(new Error('not found')));
  await expect.element(page.getByText('This is not here')).toBeVisible();
});

test('[PRB-82] one that could not be asked for is not said to be gone, and is asked for once there is a network', async () => {
  let isOnline = false;
  await open((path) =>
    isOnline && path.startsWith('/api/problems/')
      ? Promise.resolve({ problem: over, events: [] })
      : Promise.reject(new BoundaryError('network', 'The server cannot be reached.')),
  );
  await expect.element(page.getByText(/This page could not be fetched/)).toBeVisible();
  expect(page.getByText('This is not here').query()).toBeNull();
  isOnline = true;
  window.dispatchEvent(new Event('online'));
  await expect.element(title).toBeVisible();
});
