import { personId, recordId, scheduleId } from '@muster/domain/shared';
import type { Schedule } from '@muster/domain/shared';
import { describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type {
  AnnouncementRow,
  LiveAnnouncements,
  LiveSchedules,
  ScheduleRow,
  SentCommand,
} from '#lib/live/muster.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import { makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import '#lib/styles/base.css';
import AnnouncementDialog from '../announcements/AnnouncementDialog.svelte';
import OnCallPage from './OnCallPage.svelte';
import ScheduleDialog from './ScheduleDialog.svelte';
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
    await expect.element(rows.last()).toMatchTextContent(/Gap: nobody is on call Fri 5 Jun, 08:00 to 18:00/);
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

/** Its schedules come when the test says so. */
class Late extends ShellMuster {
  loaded = $state(false);

  override async openSchedules() {
    const opened = await super.openSchedules();
    const loaded = () => this.loaded;
    return {
      ...opened,
      get loaded() {
        return loaded();
      },
    };
  }
}

/** Its announcements are of whatever version the test says. */
class Announcing extends ShellMuster {
  version = 1;
  readonly run = vi.fn<LiveAnnouncements['run']>((id) => sent(id));

  override get announcements() {
    return { ...super.announcements, basisOf: () => this.version, run: this.run };
  }
}

describe('the page of who is on call', () => {
  test('says that nobody is only when the schedules are here', async () => {
    const muster = new Late();
    await render(ShellTrial, { muster, part: OnCallPage, given: {} });
    await expect.element(page.getByText('Loading the schedules')).toBeInTheDocument();
    await expect.element(page.getByText('Nobody is on call yet')).not.toBeInTheDocument();
    muster.loaded = true;
    await expect.element(page.getByText('Nobody is on call yet')).toBeVisible();
  });
});

const sent = (id: string): SentCommand => ({
  ...{ id, target: recordId(id), kept: Promise.resolve('kept') },
  settled: new Promise<never>(() => undefined),
});

describe('a form over what others change meanwhile', () => {
  test('[DSK-137] sends the version that it was opened on, whatever came since', async () => {
    const directory = makeDirectory();
    const people = [...directory.people.values()].filter(({ roles }) => roles.includes('agent'));
    const [layer] = SCHEDULE.layers;
    if (layer === undefined) throw new Error('a schedule without layers');
    const schedule: ScheduleRow = {
      ...{ ...SCHEDULE, version: 3, overrides: [], pending: 0 },
      layers: [{ ...layer, people: people.slice(0, 2).map(({ id }) => id) }],
    };
    const muster = new ShellMuster({ directory });
    let version = 3;
    const run = vi.fn<LiveSchedules['run']>((id) => sent(id));
    const schedules = { ...(await muster.openSchedules()), basisOf: () => version, run };
    const given = { schedule, schedules, onclose: vi.fn() };
    await render(ShellTrial, { muster, part: ScheduleDialog, given });
    await page.getByLabelText('Name').first().fill('Nights');
    version = 4;
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => run.mock.lastCall?.[1].verb).toBe('change');
    expect(run.mock.lastCall?.[2]).toBe(3);
  });

  test('over an announcement sends the version that it was opened on, too', async () => {
    const muster = new Announcing();
    muster.version = 2;
    const announcement: AnnouncementRow = {
      ...{ id: recordId('a1'), version: 2, revision: 0, revisedAt: null, state: 'draft', pending: 0 },
      ...{ kind: 'outage', title: 'Doors', message: '', services: [], audience: [], public: false },
      ...{ beginsAt: null, endsAt: null, madeBy: ana, madeAt: 1, updatedAt: 1, publishedAt: null },
      ...{ startedAt: null, endedAt: null, updates: [], told: [] },
    };
    const given = { announcement, onclose: vi.fn() };
    await render(ShellTrial, { muster, part: AnnouncementDialog, given });
    await page.getByLabelText('Title').fill('New doors');
    muster.version = 3;
    await page.getByRole('button', { name: 'Change', exact: true }).click();
    await expect.poll(() => muster.run.mock.lastCall?.[2]).toBe(2);
  });
});
