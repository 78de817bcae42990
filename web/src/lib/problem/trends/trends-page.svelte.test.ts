import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { BoundaryError } from '#lib/connection/boundary-error.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import TrendsPage from './TrendsPage.svelte';
import { FIRST } from './trend-address.ts';
import type { TrendAddress } from './trend-address.ts';
import type { ParetoAnswer, WeeksAnswer } from './trend-answers.ts';

const MAIL: ParetoAnswer = {
  bars: [{ ...{ group: 'mail', name: 'Mail', count: 8, records: '/r' }, cumulative: 1, isVital: true }],
  others: { groups: 0, count: 0, records: '/o' },
  without: { count: 0, records: '/w' },
};
const WEEKS: WeeksAnswer = { weeks: [], more: false };

/** The page with a server that answers when the test says so. */
async function open() {
  const asked: { path: string; answer: (told: unknown) => void; fail: (error: Error) => void }[] = [];
  const api = {
    request: (path: string) =>
      new Promise<unknown>((answer, fail) => void asked.push({ path, answer, fail })),
  };
  const of = (address: Partial<TrendAddress>) => ({
    ...{ muster: new ShellMuster(), part: TrendsPage, api },
    given: { address: { ...FIRST, ...address }, onaddress: () => undefined, ongo: () => undefined },
  });
  const { rerender } = await render(ShellTrial, of({}));
  const lastAsked = async (words: string) => {
    await expect.poll(() => asked.at(-1)?.path).toContain(words);
    return asked.at(-1)!;
  };
  const go = (address: Partial<TrendAddress>) => rerender({ given: of(address).given });
  (await lastAsked('/pareto')).answer(MAIL);
  await expect.element(page.getByRole('table', { name: 'Records by service' })).toBeVisible();
  return { go, lastAsked };
}

beforeEach(() => page.viewport(1300, 900));

test('an answer that comes after one went back to another kind is not drawn as that', async () => {
  const { go, lastAsked } = await open();
  await go({ view: 'weeks' });
  const late = await lastAsked('/weeks');
  await go({});
  late.answer(WEEKS);
  (await lastAsked('/pareto')).answer({ ...MAIL, bars: [{ ...MAIL.bars[0], name: 'Post' }] });
  await expect.element(page.getByRole('cell', { name: 'Post' })).toBeVisible();
});

test('[PRB-71] [PRB-84] groups without a bar open their records together, and are said to be in the CSV alone', async () => {
  const { go, lastAsked } = await open();
  await go({ by: 'caller' });
  const others = { groups: 300, count: 420, records: '/api/trends/records?others=caller' };
  (await lastAsked('by=caller')).answer({ ...MAIL, others });
  await expect.element(page.getByText(/^300 more hold 420 records\. Each by itself/)).toBeVisible();
  await page.getByRole('button', { name: '420: records of 300 more' }).click();
  await expect.element(page.getByRole('dialog', { name: 'Caller: 300 more' })).toBeVisible();
  await lastAsked('others=caller');
});

test('what was counted by one field stands under no other, and not at all once that cannot be counted', async () => {
  const { go, lastAsked } = await open();
  await go({ by: 'team' });
  const byTeam = await lastAsked('by=team');
  await expect.element(page.getByRole('table', { name: 'Records by service' })).toBeVisible();
  expect(page.getByRole('table', { name: 'Records by team' }).query()).toBeNull();
  byTeam.fail(new BoundaryError('network', 'The server cannot be reached.'));
  await expect.element(page.getByRole('button', { name: 'Try again' })).toBeVisible();
  expect(page.getByRole('table').query()).toBeNull();
});

test('[PRB-70] no span can be chosen where each rule says how far it looks back', async () => {
  const { go, lastAsked } = await open();
  const span = page.getByLabelText('Opened in the last');
  await expect.element(span).toBeVisible();
  await go({ view: 'recurrences', last: '30' });
  await lastAsked('/recurrences?process=incident');
  await expect.element(span).not.toBeInTheDocument();
});

test('[PRB-21] a week that goes on is said to be out of control once it is above its limit', async () => {
  const { go, lastAsked } = await open();
  await go({ view: 'weeks' });
  const limits = { mean: 2, lower: 0, upper: 5, isOut: false, isWhole: false, records: '/w', from: 0, to: 1 };
  const weeks = [
    { ...limits, week: '2026-11-16', count: 4 },
    { ...limits, week: '2026-11-23', count: 9 },
  ];
  (await lastAsked('/weeks')).answer({ weeks, more: false });
  await expect.element(page.getByRole('cell', { name: 'Week goes on', exact: true })).toBeVisible();
  await expect
    .element(page.getByRole('cell', { name: 'Out of control already, week goes on' }))
    .toBeVisible();
  await expect
    .element(page.getByText('This week is out of control already; no week before it is.'))
    .toBeVisible();
});

test('[PRB-21] the weeks that were out of control are named beside the one that already is', async () => {
  const { go, lastAsked } = await open();
  await go({ view: 'weeks' });
  const limits = { mean: 2, lower: 0, upper: 5, records: '/w', to: 1 };
  const weeks = [
    { ...limits, week: '2026-11-16', from: Date.UTC(2026, 10, 16, 12), count: 9, isOut: true, isWhole: true },
    {
      ...limits,
      week: '2026-11-23',
      from: Date.UTC(2026, 10, 23, 12),
      count: 9,
      isOut: false,
      isWhole: false,
    },
  ];
  (await lastAsked('/weeks')).answer({ weeks, more: false });
  await expect
    .element(page.getByText('Out of control: the week of 16 Nov 2026; and this one already.'))
    .toBeVisible();
  await expect
    .element(page.getByRole('img', { name: /^Records a week\..* Out of control: 2, highest 9$/ }))
    .toBeVisible();
});

test('on a small screen most filters are folded, and how many of them are in use is said', async () => {
  await page.viewport(390, 844);
  const { go } = await open();
  await go({ service: 'mail' });
  await expect.element(page.getByLabelText('Service', { exact: true })).not.toBeVisible();
  await page.getByRole('button', { name: 'More filters, 1 in use' }).click();
  await expect.element(page.getByLabelText('Service', { exact: true })).toBeVisible();
});
