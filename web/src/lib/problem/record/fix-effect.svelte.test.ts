import { recordId, serviceId } from '@muster/domain/shared';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { aProblem } from '#lib/live/test-support/problem-desk.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import type { FixAnswer } from '../trends/trend-answers.ts';
import FixEffectCard from './FixEffectCard.svelte';

const FIXED_AT = new Date(2026, 9, 5, 14).getTime();
const figure = (count: number) => ({ count, records: '' });

async function open(
  verdict: FixAnswer['verdict'],
  canAgain = true,
  service: string | null = 'vpn',
  before = 3,
) {
  const asked: string[] = [];
  let again = 0;
  const told = { before: figure(before), after: figure(4), daysOver: 30, verdict, days: [] };
  const api = {
    request: (path: string) => {
      asked.push(path);
      return Promise.resolve(told);
    },
  };
  const named = service === null ? null : serviceId(service);
  const it = aProblem(recordId('01P00000000000000000000001'), [], { service: named });
  const given = { it, fixedAt: FIXED_AT, canAgain, onagain: () => (again += 1) };
  await render(ShellTrial, { muster: new ShellMuster(), part: FixEffectCard, given, api: api as never });
  return { asked, again: () => again, button: page.getByRole('button', { name: 'Analyse again' }) };
}

test('[PRB-23] where as many come after a fix as before, taking the problem up again is offered', async () => {
  const { asked, again, button } = await open('as-before');
  await button.click();
  expect(again()).toBe(1);
  expect(asked).toHaveLength(1);
  expect(asked[0]).toBe(`/api/trends/fix-effect?process=incident&service=vpn&fixedAt=${FIXED_AT}`);
  await expect
    .element(page.getByRole('link', { name: 'Day by day, in trends' }))
    .toHaveAttribute(
      'href',
      `/problem/trends?${new URLSearchParams({ view: 'fix', service: 'vpn', fixed: new Date(FIXED_AT).toISOString() }).toString()}`,
    );
});

test('[PRB-23] who may not take it up again is told who may', async () => {
  const { button } = await open('more', false);
  await expect
    .element(page.getByText('Whoever manages problems can take it up again.', { exact: false }))
    .toBeVisible();
  await expect.element(button).not.toBeInTheDocument();
});

test('[PRB-23] a fix that helped is said to, and one that nobody can judge asks for what it is about', async () => {
  const { button } = await open('fewer');
  await expect.element(page.getByText('Fewer than before.', { exact: false })).toBeVisible();
  await expect.element(button).not.toBeInTheDocument();
  const { asked } = await open('fewer', true, null);
  await expect.element(page.getByText('Name its service or its items', { exact: false })).toBeVisible();
  expect(asked).toEqual([]);
});

test('[PRB-23] a fix before which none came is not judged, and it is said why', async () => {
  const { button } = await open(null, true, 'vpn', 0);
  await expect.element(page.getByText('there is nothing to compare with.', { exact: false })).toBeVisible();
  await expect.element(button).not.toBeInTheDocument();
});
