import { personId, scheduleId } from '@muster/domain/shared';
import type { Schedule } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShiftTimeline from './ShiftTimeline.svelte';

const [ana, bo] = [personId('ana'), personId('bo')];
const MONDAY = new Date(2026, 5, 1).getTime();
const DAY = 24 * 3_600_000;

/** By day on weekdays, Ana and Bo in turn, round the clock wanted. */
const SCHEDULE: Schedule = {
  id: scheduleId('desk'),
  version: 1,
  name: 'Desk',
  team: null,
  zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  cover: { weekdays: [1, 2, 3, 4, 5], from: 480, to: 1080 },
  layers: [
    {
      ...{ id: 'day', name: 'By day', people: [ana, bo], unit: 'day', length: 1, handoverAt: 0 },
      ...{ startsOn: '2026-06-01', hours: { weekdays: [1, 2, 3, 4], from: 480, to: 1080 } },
    },
  ],
  overrides: [
    {
      ...{ id: 'o', person: bo, by: bo, note: '', madeAt: MONDAY, since: 2 },
      ...{ from: MONDAY + DAY / 2, to: MONDAY + DAY },
    },
  ],
  swaps: [],
  removedAt: null,
};

const props = {
  ...{ schedule: SCHEDULE, from: MONDAY, to: MONDAY + 5 * DAY, now: MONDAY },
  nameOf: (id: string) => ({ ana: 'Ana Adler', bo: 'Bo Berg' })[id] ?? 'Somebody',
};

describe('the plot of shifts', () => {
  test('[DSK-133] is a list on a phone, with overrides and gaps in words', async () => {
    await page.viewport(390, 844);
    const screen = await render(ShiftTimeline, props);
    const rows = screen.getByRole('list', { name: 'Shifts of Desk' }).getByRole('listitem');
    await expect.element(rows.nth(0)).toMatchTextContent(/Ana Adler By day/);
    await expect.element(rows.nth(1)).toMatchTextContent(/Bo Berg override for Ana Adler/);
    await expect.element(rows.last()).toMatchTextContent(/Gap: nobody is on call Fri 5 Jun 08:00 to 18:00/);
  });

  test('has a row for each layer and one for what comes of them where there is room, and the list beside', async () => {
    await page.viewport(1300, 900);
    const screen = await render(ShiftTimeline, props);
    await expect.element(screen.getByText('On call', { exact: true })).toBeVisible();
    await expect.element(screen.getByText('Ana Adler').first()).toBeVisible();
    await expect.element(screen.getByText('Gap', { exact: true })).toBeVisible();
    await screen.getByText('As a list').click();
    await expect.element(screen.getByRole('list', { name: 'Shifts of Desk' })).toBeVisible();
  });
});
