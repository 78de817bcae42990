import type { KnownError, Problem, ProblemAct } from '@muster/domain/problem';
import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Muster } from '#lib/live/muster.ts';
import { aKnownError, aProblem, knownErrorsHere } from '#lib/live/test-support/problem-desk.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import KnownErrorsCard from './KnownErrorsCard.svelte';
import WorkaroundCard from './WorkaroundCard.svelte';

const [PROBLEM, DUPLICATE, KNOWN] = ['1', '2', '3'].map((end) =>
  recordId(`01P0000000000000000000000${end}`),
) as [RecordId, RecordId, RecordId];

class KnowingMuster extends ShellMuster {
  readonly #known: ReturnType<typeof knownErrorsHere>['shown'];

  constructor(there: readonly KnownError[]) {
    super();
    this.#known = knownErrorsHere('agent', there).shown;
  }

  override openKnownErrors(): ReturnType<Muster['openKnownErrors']> {
    return Promise.resolve(this.#known);
  }
}

const known = (isPublished: boolean) =>
  aKnownError(KNOWN, { title: 'The pool is full', problem: DUPLICATE }, isPublished);

async function open(
  part: typeof KnownErrorsCard | typeof WorkaroundCard,
  there: readonly KnownError[],
  fields: Partial<Problem> = {},
) {
  const acts: ProblemAct[] = [];
  const onact = (act: ProblemAct) => {
    acts.push(act);
    return Promise.resolve(null);
  };
  const it = { ...aProblem(PROBLEM), token: 'PRB-1', pending: 0, duplicates: [DUPLICATE], ...fields };
  const same = new Set([PROBLEM, DUPLICATE]);
  const muster = new KnowingMuster(there);
  await render(ShellTrial, { muster, part, given: { it, same, canWork: true, onact } });
  return acts;
}

test('[PRB-7] what was written about a duplicate stands with the problem that it goes on in', async () => {
  await open(KnownErrorsCard, [known(false)]);
  const link = page.getByRole('link', { name: 'The pool is full' });
  await expect.element(link).toHaveAttribute('href', `/problem/knowledge/${KNOWN}`);
});

test('[FLW-46] while a known error is published nobody takes it back by hand, and it is said by which', async () => {
  await open(WorkaroundCard, [known(true)], { knownError: true });
  await expect.element(page.getByRole('link', { name: 'The pool is full' })).toBeVisible();
  await expect.element(page.getByRole('button', { name: 'It is no known error' })).not.toBeInTheDocument();
});

test('[PRB-11] by hand it is said and taken back where none is published', async () => {
  const acts = await open(WorkaroundCard, [known(false)], { knownError: true });
  await page.getByRole('button', { name: 'It is no known error' }).click();
  expect(acts).toEqual([{ verb: 'mark-known-error', known: false }]);
});
