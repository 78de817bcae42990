import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import FixView from './FixView.svelte';
import type { FixAnswer } from './trend-answers.ts';
import { verdictWords } from './trend-words.ts';

const figure = (count: number) => ({ count, records: '' });
const told: FixAnswer = { before: figure(2), after: figure(9), daysOver: 30, verdict: 'more', days: [] };

test('judges a fix on the day that was chosen, and none on a day that nobody chose', async () => {
  const onopen = () => undefined;
  const { rerender } = await render(FixView, { told, isChosen: false, onopen });
  await expect.element(page.getByText(/^Choose the day of the fix/)).toBeVisible();
  const verdicts = ['gone', 'fewer', 'as-before', 'more'] as const;
  const words = verdicts.map((verdict) => verdictWords({ ...told, verdict }));
  const said = () => words.filter((each) => document.body.textContent.includes(each));
  expect(said()).toEqual([]);
  await rerender({ told, isChosen: true, onopen });
  await expect.poll(said).toHaveLength(1);
});
