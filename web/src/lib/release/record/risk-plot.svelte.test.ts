import type { Risk } from '@muster/domain/release';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import '#lib/styles/base.css';
import RiskPlot from './RiskPlot.svelte';

const withDaysLeft = (count: number): Risk => ({
  score: 20,
  shares: [{ part: 'time', value: 1, weight: 0.2, points: 20, count, of: 14 }],
});

test('[REL-63] being late is told beside the score, whatever it adds to it', async () => {
  const screen = await render(RiskPlot, { risk: withDaysLeft(-2.1) });
  await expect.element(page.getByText('3 days late').first()).toBeVisible();
  await expect.element(page.getByRole('table')).toMatchTextContent(/Time gone\s*3 days late\s*20 of 20/);
  await screen.rerender({ risk: withDaysLeft(0.5) });
  await expect.element(page.getByRole('table')).toMatchTextContent(/1 of 14 days left/);
  await expect.element(page.getByText('late')).not.toBeInTheDocument();
  await screen.rerender({ risk: withDaysLeft(30) });
  await expect.element(page.getByRole('table')).toMatchTextContent(/30 days left/);
});
