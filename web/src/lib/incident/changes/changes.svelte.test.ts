import { serviceId, recordId, personId } from '@muster/domain/shared';
import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { ChangeRow, LiveChanges } from '#lib/live/change/live-changes.ts';
import type { AnnouncementRow } from '#lib/live/muster.ts';
import { FixtureMuster } from '#lib/ticket/test-support/fixture-muster.svelte.ts';
import { NOW, makeDirectory, makeRow } from '#lib/ticket/test-support/tickets.ts';
import TimelineStage from '../test-support/TimelineStage.svelte';

beforeEach(() => page.viewport(1300, 900));

const HOUR = 3_600_000;
const [mail, vpn] = [...makeDirectory().services.values()];
if (!mail || !vpn) throw new Error('too few services');
const MAIL = mail.id;

function work(title: string, hoursAgo: number, service = MAIL): AnnouncementRow {
  return {
    id: recordId(`01HZZZZZZZZZZZZZZZZZZ${title.length}`),
    kind: 'maintenance',
    title,
    message: '',
    services: [service],
    beginsAt: NOW - hoursAgo * HOUR,
    endsAt: NOW - hoursAgo * HOUR + HOUR,
    public: false,
    audience: [],
    version: 1,
    revision: 1,
    revisedAt: null,
    state: 'completed',
    madeBy: personId('x'),
    madeAt: NOW,
    updatedAt: NOW,
    publishedAt: NOW,
    startedAt: NOW - hoursAgo * HOUR,
    endedAt: NOW - hoursAgo * HOUR + HOUR,
    updates: [],
    told: [],
    pending: 0,
  } as unknown as AnnouncementRow;
}

/** A change that was begun so many hours ago. */
function done(title: string, hoursAgo: number | null, service = MAIL): ChangeRow {
  const id = recordId(`01HZZZZZZZZZZZZZZZZZC${title.length}`);
  const startedAt = hoursAgo === null ? null : NOW - hoursAgo * HOUR;
  const times = { startedAt, endedAt: startedAt, closedAt: null, madeAt: NOW };
  return {
    id,
    title,
    number: 'CHG-2026-00001',
    model: 'normal',
    items: [service],
    ...times,
  } as unknown as ChangeRow;
}

async function openMajor(
  announcements: readonly AnnouncementRow[],
  service: string | null,
  changes: readonly ChangeRow[] = [],
) {
  const row = makeRow(0, {
    process: 'incident',
    kind: 'incident',
    state: 'in_progress',
    createdAt: NOW,
    service: service === null ? null : serviceId(service),
    major: {
      state: 'accepted',
      severity: 2,
      since: NOW,
      proposedBy: personId('x'),
      rule: null,
      reason: null,
      acceptedAt: NOW,
      endedAt: null,
      phases: [{ phase: 'triage', at: NOW }],
      roles: [],
      offer: null,
      review: null,
      reports: null,
    },
  });
  const muster = new FixtureMuster({ rows: [row], announcements });
  const live = { all: changes, peek: (id) => changes.find((each) => each.id === id) } as LiveChanges;
  muster.openChanges = () => Promise.resolve(live);
  const screen = await render(TimelineStage, { muster, id: row.id });
  return screen.getByRole('region', { name: 'What changed?' });
}

describe('what changed before a major incident', () => {
  test('[FLW-12] shows announced work on its service in the day before, and no other', async () => {
    const panel = await openMajor(
      [work('Relay is renewed', 5), work('Tunnel is moved elsewhere', 2, vpn.id), work('Old', 60)],
      mail.id,
    );
    await expect.element(panel.getByRole('link', { name: 'Relay is renewed' })).toBeVisible();
    await expect.element(panel.getByRole('link')).toHaveLength(1);
  });

  test('[FLW-14] shows changes that were carried out on its service, and no others', async () => {
    const panel = await openMajor([], mail.id, [
      done('Mail server is renewed', 3),
      done('Tunnel', 3, vpn.id),
      done('Planned for later', null),
    ]);
    await expect
      .element(panel.getByRole('link', { name: 'CHG-2026-00001 Mail server is renewed' }))
      .toHaveAttribute('href', '/change/01HZZZZZZZZZZZZZZZZZC22');
    await expect.element(panel.getByRole('link')).toHaveLength(1);
  });

  test('says what it looked at when nothing is found', async () => {
    const panel = await openMajor([], mail.id);
    await expect.element(panel).toMatchTextContent(/Nothing is known to have touched E-mail/);
  });

  test('asks for the service when there is none', async () => {
    await expect.element(await openMajor([], null)).toMatchTextContent(/Name the affected service/);
  });
});
