import type { ChangeWindow } from '@muster/domain/change';
import type { PersonId, Service } from '@muster/domain/shared';
import { beforeEach, describe, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { NOW, makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import { clockTime } from '#lib/ui/time.ts';
import { ChangeTrial, HOUR } from '../test-support/change-trial.svelte.ts';
import { deviceZone } from '../stretch-words.ts';
import CalendarPage from './CalendarPage.svelte';

const directory = makeDirectory();
const [me] = [...directory.people.keys()] as [PersonId];
const [service] = [...directory.services.values()] as [Service];
const wall = (at: number) => new Date(at).toISOString().slice(0, 16);
const elsewhere = deviceZone() === 'Asia/Tokyo' ? 'America/Lima' : 'Asia/Tokyo';

async function open(begins = NOW + HOUR, given: Record<string, unknown> = {}) {
  const when = { zone: 'UTC', begins: wall(NOW), ends: wall(NOW + 9 * HOUR), repeats: null };
  const freeze: ChangeWindow = {
    ...{ id: 'freeze', version: 1, name: 'Year end', kind: 'freeze', hard: true, when },
    ...{ services: [service.id], classes: null, models: null },
  };
  const fields = { title: 'New relay', items: [service.id], begins, ends: begins + HOUR };
  const trial = new ChangeTrial(directory, me, { windows: [freeze], zone: elsewhere }).as(me, {
    ...{ verb: 'create', model: 'normal', fields, owner: me },
  });
  const muster = new ShellMuster({ directory, permissions: ['change.read', 'change.work'] });
  muster.openChanges = () => Promise.resolve(trial);
  return render(ShellTrial, { muster, part: CalendarPage, given });
}

beforeEach(() => localStorage.clear());

describe('the page of the calendar', () => {
  test('[CHG-36] on a phone it is a list that fits, with what a freeze is for', async () => {
    await page.viewport(390, 800);
    await open();
    const change = page.getByRole('row', { name: /New relay/ });
    await expect.element(change).toBeVisible();
    await expect
      .element(page.getByRole('row', { name: /Hard freeze: Year end/ }))
      .toMatchTextContent(service.name);
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(390);
    for (const row of document.querySelectorAll('tbody tr'))
      expect(row.scrollWidth).toBeLessThanOrEqual(row.clientWidth);
  });

  test('[CHG-36] on a phone it begins today, with what is behind it asked for', async () => {
    await page.viewport(390, 800);
    await open(NOW - 5 * 24 * HOUR);
    const change = page.getByRole('row', { name: /New relay/ });
    await expect.element(page.getByText('No change is left in this month.')).toBeVisible();
    await expect.element(change).not.toBeInTheDocument();
    await expect.element(page.getByText('Shift', { exact: true })).not.toBeInTheDocument();
    await page.getByRole('button', { name: 'Earlier this month (1)' }).click();
    await expect.element(change).toBeVisible();
  });

  test.each([1200, 390])(
    'opened for a change at %i px it goes to its month, with the change chosen, in sight and in hand',
    async (width) => {
      await page.viewport(width, 600);
      const begins = NOW + 41 * 24 * HOUR;
      await open(begins, { chosen: '01C00000000000000000000001' });
      await expect.element(page.getByRole('heading', { name: 'January 2027' })).toBeVisible();
      const chosen = page.getByRole('complementary', { name: 'Conflicts' });
      await expect.element(chosen).toMatchTextContent(/CHG-2026-00001 New relay/);
      await expect.poll(() => document.querySelector('[aria-current="true"]')).not.toBeNull();
      await expect
        .element(page.elementLocator(document.querySelector('[aria-current="true"]') as Element))
        .toBeInViewport();
      await userEvent.keyboard('{Shift>}{ArrowRight}{/Shift}');
      await expect.element(chosen.getByRole('status')).toMatchTextContent(/5 Jan.*no conflict/);
    },
  );

  test('it goes by the clock of the device until another one is chosen, which is kept', async () => {
    await page.viewport(1200, 900);
    const screen = await open();
    await page.getByLabelText('View').selectOptions('list');
    const time = (zone: string) => clockTime(NOW + HOUR, zone);
    const change = page.getByRole('row', { name: /New relay/ });
    await expect.element(change).toMatchTextContent(time(deviceZone()));
    await page.getByLabelText('Clock').selectOptions('organisation');
    await expect.element(change).toMatchTextContent(time(elsewhere));
    await expect.element(page.getByText(/Times here are by the clock of the organisation/)).toBeVisible();
    await screen.unmount();
    await open();
    await expect.element(page.getByLabelText('Clock')).toHaveValue('organisation');
  });
});
