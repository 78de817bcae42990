import type { ChangeWindow } from '@muster/domain/change';
import type { PersonId, Service } from '@muster/domain/shared';
import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { NOW, makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import { ChangeTrial, HOUR } from '../test-support/change-trial.svelte.ts';
import { deviceZone } from '../stretch-words.ts';
import CalendarPage from './CalendarPage.svelte';

const directory = makeDirectory();
const [me] = [...directory.people.keys()] as [PersonId];
const [service] = [...directory.services.values()] as [Service];
const wall = (at: number) => new Date(at).toISOString().slice(0, 16);
const elsewhere = deviceZone() === 'Asia/Tokyo' ? 'America/Lima' : 'Asia/Tokyo';

async function open() {
  const when = { zone: 'UTC', begins: wall(NOW), ends: wall(NOW + 9 * HOUR), repeats: null };
  const freeze: ChangeWindow = {
    ...{ id: 'freeze', version: 1, name: 'Year end', kind: 'freeze', hard: true, when },
    ...{ services: [service.id], classes: null, models: null },
  };
  const fields = { title: 'New relay', items: [service.id], begins: NOW + HOUR, ends: NOW + 2 * HOUR };
  const trial = new ChangeTrial(directory, me, { windows: [freeze], zone: elsewhere }).as(me, {
    ...{ verb: 'create', model: 'normal', fields, owner: me },
  });
  const muster = new ShellMuster({ directory, permissions: ['change.read', 'change.work'] });
  muster.openChanges = () => Promise.resolve(trial);
  return render(ShellTrial, { muster, part: CalendarPage, given: {} });
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

  test('it goes by the clock of the device until another one is chosen, which is kept', async () => {
    await page.viewport(1200, 900);
    const screen = await open();
    await page.getByLabelText('View').selectOptions('list');
    const time = (zone: string) =>
      new Intl.DateTimeFormat('en-GB', { timeZone: zone, timeStyle: 'short' }).format(NOW + HOUR);
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
