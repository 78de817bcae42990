import { recordId } from '@muster/domain/shared';
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

class BoardMuster extends ShellMuster {
  override openProblems(): ReturnType<Muster['openProblems']> {
    return Promise.resolve(problemsHere('agent', []).problems);
  }
}

async function open(answer: (path: string) => Promise<unknown>) {
  const muster = new BoardMuster({ permissions: ['problem.read', 'problem.work', 'problem.manage'] });
  const given = { reference: far.number };
  await render(ShellTrial, { muster, api: { request: answer }, part: ProblemPage, given });
}

test('[PRB-82] a problem that has left the board is read from the server, by its number too', async () => {
  const asked: string[] = [];
  await open((path) => {
    asked.push(path);
    const problem = { ...far, state: 'cancelled', endedAt: 1 };
    return path.startsWith('/api/problems/')
      ? Promise.resolve({ problem, events: [] })
      : Promise.reject(new Error('no network'));
  });
  await expect.element(page.getByRole('heading', { name: 'The mast is in the shade' })).toBeVisible();
  expect(asked).toContain(`/api/problems/${far.number}`);
  await expect.element(page.getByRole('button', { name: 'Analyse again' })).not.toBeInTheDocument();
});

test('[PRB-82] one that the server does not have is not here', async () => {
  await open(() => Promise.reject(new Error('not found')));
  await expect.element(page.getByText('This is not here')).toBeVisible();
});

test('[PRB-82] one that could not be asked for is not said to be gone, and is asked for once there is a network', async () => {
  let isOnline = false;
  await open((path) =>
    isOnline && path.startsWith('/api/problems/')
      ? Promise.resolve({ problem: { ...far, state: 'cancelled', endedAt: 1 }, events: [] })
      : Promise.reject(new BoundaryError('network', 'The server cannot be reached.')),
  );
  await expect.element(page.getByText(/This page could not be fetched/)).toBeVisible();
  expect(page.getByText('This is not here').query()).toBeNull();
  isOnline = true;
  window.dispatchEvent(new Event('online'));
  await expect.element(page.getByRole('heading', { name: 'The mast is in the shade' })).toBeVisible();
});
