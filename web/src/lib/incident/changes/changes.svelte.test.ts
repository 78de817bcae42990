import { DependencyMap } from '@muster/domain/configuration';
import type { MappedItem, RelationTypes } from '@muster/domain/configuration';
import { serviceId, recordId, personId } from '@muster/domain/shared';
import type { ItemId, RecordId } from '@muster/domain/shared';
import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { ChangeRow, LiveChanges } from '#lib/live/change/live-changes.ts';
import type { LiveConfiguration } from '#lib/live/configuration/live-configuration.ts';
import type { AnnouncementRow } from '#lib/live/muster.ts';
import type { LiveReleases, ReleaseRow } from '#lib/live/release/live-releases.ts';
import { FixtureMuster } from '#lib/ticket/test-support/fixture-muster.svelte.ts';
import { NOW, makeDirectory, makeRow } from '#lib/ticket/test-support/tickets.ts';
import TimelineStage from '../test-support/TimelineStage.svelte';

beforeEach(() => page.viewport(1300, 900));

const HOUR = 3_600_000;
const [mail, vpn] = [...makeDirectory().services.values()];
if (!mail || !vpn) throw new Error('too few services');
const MAIL = mail.id;

const HOST = recordId('HOST');
const TYPES: RelationTypes = new Map([
  [
    'needs',
    { id: 'needs', name: 'needs', inverse: 'is needed by', spread: 'to_from', allowed: [], circles: true },
  ],
]);
const mapped = (id: ItemId): MappedItem => ({ id, class: 'server', state: 'in_service', redundancy: [] });
/** The mail needs a host. */
const CONFIGURATION = {
  ...{ loaded: true, revision: 0, items: new Map() },
  map: new DependencyMap(TYPES, [MAIL, HOST].map(mapped), [
    { id: 'r1', type: 'needs', from: MAIL, to: HOST },
  ]),
  itemOf: () => undefined,
  nameOf: (id: ItemId) => (id === HOST ? 'host-1' : id),
} as Partial<LiveConfiguration> as LiveConfiguration;

function work(
  title: string,
  hoursAgo: number,
  service = MAIL,
  items: readonly RecordId[] = [],
): AnnouncementRow {
  return {
    id: recordId(`01HZZZZZZZZZZZZZZZZZZ${title.length}`),
    kind: 'maintenance',
    title,
    message: '',
    services: [service],
    items,
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
function done(title: string, hoursAgo: number | null, item: ItemId = MAIL): ChangeRow {
  const id = recordId(`01HZZZZZZZZZZZZZZZZZC${title.length}`);
  const startedAt = hoursAgo === null ? null : NOW - hoursAgo * HOUR;
  const times = { startedAt, endedAt: startedAt, closedAt: null, madeAt: NOW };
  return {
    id,
    title,
    number: 'CHG-2026-00001',
    model: 'normal',
    items: [item],
    ...times,
  } as unknown as ChangeRow;
}

interface Given {
  readonly changes?: readonly ChangeRow[];
  readonly releases?: readonly ReleaseRow[];
  readonly items?: readonly RecordId[];
  readonly hasMap?: boolean;
}

async function openMajor(
  announcements: readonly AnnouncementRow[],
  service: string | null,
  { changes = [], releases = [], items = [], hasMap = false }: Given = {},
) {
  const row = makeRow(0, {
    process: 'incident',
    kind: 'incident',
    state: 'in_progress',
    createdAt: NOW,
    service: service === null ? null : serviceId(service),
    items,
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
  muster.openReleases = () =>
    Promise.resolve({
      all: releases,
      get: (id) => releases.find((each) => each.id === id),
    } as Partial<LiveReleases> as LiveReleases);
  if (hasMap) muster.openConfiguration = () => Promise.resolve(CONFIGURATION);
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
    await expect.element(panel.getByRole('listitem')).toHaveLength(1);
    await expect.element(panel).toMatchTextContent(/what it hangs on is looked at once there is a network/);
  });

  test('[FLW-14] shows changes that were carried out on its service, and no others', async () => {
    const panel = await openMajor([], mail.id, {
      changes: [
        done('Mail server is renewed', 3),
        done('Tunnel', 3, vpn.id),
        done('Planned for later', null),
      ],
    });
    await expect
      .element(panel.getByRole('link', { name: 'CHG-2026-00001 Mail server is renewed' }))
      .toHaveAttribute('href', '/change/01HZZZZZZZZZZZZZZZZZC22');
    await expect.element(panel.getByRole('listitem')).toHaveLength(1);
  });

  test('[FLW-12] [FLW-13] looks at what its service hangs on, the nearest first, and says on what', async () => {
    const panel = await openMajor([work('Rack is moved', 2, vpn.id, [HOST])], mail.id, {
      changes: [done('New disk', 1, HOST), done('Mail server is renewed', 5)],
      hasMap: true,
    });
    const lines = panel.getByRole('listitem');
    await expect.element(lines).toHaveLength(3);
    await expect.element(lines.nth(0)).toMatchTextContent(/Mail server is renewed.*On E-mail itself/s);
    await expect.element(lines.nth(1)).toMatchTextContent(/New disk.*On host-1, which it hangs on/s);
    await expect.element(lines.nth(2)).toMatchTextContent(/Rack is moved.*On host-1, which it hangs on/s);
  });

  test('[FLW-12] looks at the items that it names, also without a service', async () => {
    const changes = [done('New disk', 1, HOST)];
    const panel = await openMajor([], null, { changes, items: [HOST], hasMap: true });
    await expect.element(panel.getByRole('listitem')).toMatchTextContent(/New disk.*On host-1 itself/s);
  });

  test('[FLW-14] shows releases that were carried out on it', async () => {
    const release = {
      ...{ id: recordId('R1'), number: 'REL-2026-00003', title: 'Winter release', services: [MAIL] },
      ...{ deployingAt: NOW - 2 * HOUR, hypercareAt: null, endedAt: null },
    } as unknown as ReleaseRow;
    const panel = await openMajor([], mail.id, { releases: [release] });
    await expect
      .element(panel.getByRole('link', { name: 'REL-2026-00003 Winter release' }))
      .toHaveAttribute('href', '/release/R1');
    await expect.element(panel.getByRole('listitem')).toMatchTextContent(/goes on/);
  });

  test('says what it looked at when nothing is found', async () => {
    const panel = await openMajor([], mail.id);
    await expect.element(panel).toMatchTextContent(/Nothing is known to have touched E-mail/);
  });

  test('asks for the service when there is none', async () => {
    await expect.element(await openMajor([], null)).toMatchTextContent(/Name the affected service/);
  });
});
