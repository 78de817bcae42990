import type { ProblemAct } from '@muster/domain/problem';
import { personId, recordId } from '@muster/domain/shared';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import ClustersView from './ClustersView.svelte';
import RecurrencesView from './RecurrencesView.svelte';
import { problemFrom } from './open-problem.ts';
import type { Shown } from './open-problem.ts';

const [HOST, TWIN, ONE, TWO] = ['1', '2', '3', '4'].map((end) => recordId(`01P0000000000000000000000${end}`));
const evidence = { count: 2, ids: [ONE!, TWO!], linkable: [ONE!, TWO!], records: [] };
const records = '/api/trends/records?ids=1';

/** A view of what was found, and the acts that its problems begin with. */
async function open(part: typeof ClustersView | typeof RecurrencesView, told: object) {
  const acts: ProblemAct[] = [];
  const onproblem = (shown: Shown) =>
    Promise.resolve(void acts.push(problemFrom(shown, personId('ana'), null)));
  const given = { told, problems: [], onproblem, onopen: () => undefined };
  await render(ShellTrial, { muster: new ShellMuster(), part, given });
  return acts;
}

const restsOn = () => page.getByRole('list', { name: 'What it rests on' });

test('[PRB-25] a cluster says which items are shared, and its problem is about them', async () => {
  const fields = [
    { field: 'item', value: HOST, name: 'badge-gateway', count: 2 },
    // another one of the same name
    { field: 'item', value: TWIN, name: 'badge-gateway', count: 2 },
  ];
  const cluster = { title: 'Badges', words: [], fields, about: [HOST], first: 1, last: 2, evidence, records };
  const acts = await open(ClustersView, { clusters: [cluster], more: false, seen: 2, unseen: 0 });
  await expect.element(restsOn().getByText('item badge-gateway (2)')).toBeVisible();
  await page.getByRole('button', { name: 'Open a problem' }).click();
  await expect.poll(() => acts).toMatchObject([{ verb: 'create', fields: { items: [HOST] } }]);
  // whoever reads problems need not read items
  expect(JSON.stringify(acts)).not.toContain('badge-gateway');
});

test('[PRB-22] a recurrence says which items are shared, and its problem is about them', async () => {
  const one = {
    ...{
      rules: ['majors'],
      service: null,
      serviceName: null,
      category: null,
      title: 'Down',
      evidence,
      records,
    },
    ...{ items: [{ id: HOST, name: 'db-3', count: 2 }], about: [HOST] },
  };
  const acts = await open(RecurrencesView, { recurrences: [one], more: false });
  await expect.element(restsOn().getByText('item db-3 (2)')).toBeVisible();
  await page.getByRole('button', { name: 'Open a problem' }).click();
  await expect.poll(() => acts).toMatchObject([{ verb: 'create', fields: { items: [HOST] } }]);
});
