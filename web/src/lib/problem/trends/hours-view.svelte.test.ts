import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/styles/base.css';
import HoursView from './HoursView.svelte';
import type { HoursAnswer } from './trend-answers.ts';

/** One more each hour of the week, from none. */
const told: HoursAnswer = {
  hours: Array.from({ length: 7 }, (_, day) =>
    Array.from({ length: 24 }, (_, hour) => ({ count: day * 24 + hour, records: `/${day}/${hour}` })),
  ),
};

test.each([
  [1300, 'Monday, 09:00: 9'],
  [390, 'Tuesday, 08:00: 32'],
])('at %i px all hours are in sight, and an arrow leads to the one beside', async (width, beside) => {
  await page.viewport(width, 900);
  const opened: string[] = [];
  await render(HoursView, { told, onopen: (title: string) => void opened.push(title) });
  const hour = (name: string) => page.getByRole('button', { name, exact: true });
  const last = hour('Sunday, 23:00: 167');
  await expect.poll(() => last.element().getBoundingClientRect().right).toBeLessThanOrEqual(width);
  expect(last.element().getBoundingClientRect().width).toBeGreaterThan(20);
  await userEvent.click(hour('Monday, 08:00: 8'));
  expect(opened).toEqual(['Monday, from 08:00']);
  await userEvent.keyboard('{ArrowRight}');
  await expect.element(hour(beside)).toHaveFocus();
  await expect.element(page.getByText('Most: 167')).toBeVisible();
});
