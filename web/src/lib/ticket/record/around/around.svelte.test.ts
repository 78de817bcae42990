import { DependencyMap } from '@muster/domain/configuration';
import type { ConfigurationItem, ItemState, MappedItem, RelationTypes } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { ItemId, RecordId } from '@muster/domain/shared';
import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { ChangeRow, LiveChanges } from '#lib/live/change/live-changes.ts';
import type { LiveConfiguration } from '#lib/live/configuration/live-configuration.ts';
import type { TicketRow } from '#lib/live/muster.ts';
import type { LiveReleases, ReleaseRow } from '#lib/live/release/live-releases.ts';
import { FixtureMuster } from '../../test-support/fixture-muster.svelte.ts';
import RecordStage from '../../test-support/RecordStage.svelte';
import { NOW, makeDirectory, makeRow } from '../../test-support/tickets.ts';

const HOUR = 3_600_000;
const [mail] = [...makeDirectory().services.values()];
if (!mail) throw new Error('no service');
const MAIL = mail.id;
const APP = recordId('APP');
const HOST = recordId('HOST');
const OTHER = recordId('OTHER');
const TWIN = recordId('TWIN');
const NAMES = new Map<ItemId, string>([
  [APP, 'Mail store'],
  [HOST, 'host-1'],
  [OTHER, 'printer'],
]);

const TYPES: RelationTypes = new Map([
  [
    'needs',
    { id: 'needs', name: 'needs', inverse: 'is needed by', spread: 'to_from', allowed: [], circles: true },
  ],
]);
const state: ItemState = 'in_service';
const item = (id: ItemId): MappedItem => ({ id, class: 'server', state, redundancy: [] });
const map = new DependencyMap(
  TYPES,
  [...[MAIL, APP, HOST, OTHER].map((id) => item(id)), { ...item(TWIN), state: 'retired', sameAs: APP }],
  [
    { id: 'r1', type: 'needs', from: MAIL, to: APP },
    { id: 'r2', type: 'needs', from: APP, to: HOST },
  ],
);

function change(number: string, title: string, touched: ItemId, given: Partial<ChangeRow>): ChangeRow {
  const times = { begins: null, ends: null, startedAt: null, endedAt: null, closedAt: null, madeAt: NOW };
  return {
    ...{ id: recordId(`C${number}`), number, token: number, title, model: 'normal', state: 'closed' },
    ...{ items: [touched], ...times, ...given },
  } as unknown as ChangeRow;
}
const CHANGES = [
  change('CHG-1', 'More memory', HOST, { startedAt: NOW - 5 * HOUR, endedAt: NOW - 4 * HOUR }),
  change('CHG-2', 'New index', APP, { state: 'scheduled', begins: NOW + HOUR, ends: NOW + 2 * HOUR }),
  change('CHG-3', 'New toner', OTHER, { startedAt: NOW - HOUR }),
];

const ITEMS: readonly Partial<ConfigurationItem>[] = [
  { id: APP, version: 1, name: 'Mail store', state: 'in_service', updatedAt: NOW - HOUR },
  { id: HOST, version: 4, name: 'host-1', state: 'maintenance', updatedAt: NOW - 2 * HOUR },
];
const RELEASES = [
  {
    ...{ id: recordId('R1'), number: 'REL-1', token: 'REL-1', title: 'Spring', services: [MAIL] },
    ...{ deployingAt: NOW - 3 * HOUR, hypercareAt: NOW - 2 * HOUR, endedAt: null },
  },
] as unknown as readonly ReleaseRow[];

class AroundMuster extends FixtureMuster {
  changes: readonly ChangeRow[] | null = CHANGES;
  items = ITEMS;
  asked = 0;

  override openConfiguration(): Promise<LiveConfiguration> {
    this.asked += 1;
    const held: Partial<LiveConfiguration> = {
      ...{ map, loaded: true, revision: 0, items: new Map() },
      itemOf: (id) => this.items.find((each) => each.id === id) as ConfigurationItem | undefined,
      nameOf: (id) => NAMES.get(id) ?? id,
    };
    return Promise.resolve(held as LiveConfiguration);
  }

  override openReleases(): Promise<LiveReleases> {
    return Promise.resolve({ loaded: true, all: RELEASES } as Partial<LiveReleases> as LiveReleases);
  }

  override openChanges(): Promise<LiveChanges> {
    const { changes } = this;
    if (changes === null) return Promise.reject(new Error('no network'));
    return Promise.resolve({ loaded: true, all: changes } as LiveChanges);
  }
}

const incident = (at: number, items: readonly RecordId[], given: Partial<TicketRow> = {}): TicketRow =>
  makeRow(at, {
    process: 'incident',
    kind: 'incident',
    state: 'in_progress',
    service: null,
    items,
    ...given,
  });

async function openRecord(
  row: TicketRow,
  others: readonly TicketRow[] = [],
  changes: typeof CHANGES | null = CHANGES,
) {
  const muster = new AroundMuster({ rows: [row, ...others] });
  muster.changes = changes;
  return { muster, screen: await render(RecordStage, { muster, id: row.id }) };
}

beforeEach(() => page.viewport(1300, 1200));

describe('what changed around a ticket', () => {
  test('[CFG-65] names the changes of what it hangs on, with a way to each, and no others', async () => {
    const { screen } = await openRecord(incident(0, [APP]));
    const list = screen.getByRole('list', { name: 'Changes around it' });
    await expect
      .element(list.getByRole('link', { name: 'CHG-1 More memory' }))
      .toHaveAttribute('href', '/change/CCHG-1');
    await expect.element(list.getByRole('listitem')).toHaveLength(2);
    await expect.element(list.getByRole('listitem').nth(0)).toMatchTextContent(/host-1, which it hangs on/);
    await expect
      .element(list.getByRole('listitem').nth(1))
      .toMatchTextContent(/Scheduled.*Mail store itself/s);
    await expect
      .element(screen.getByRole('link', { name: 'Show on the map' }))
      .toHaveAttribute('href', '/configuration/map?item=APP');
  });

  test('[CFG-109] names what it hangs on: first what is not in service or was changed, also without a change', async () => {
    const { screen } = await openRecord(incident(0, [], { service: MAIL }), [], []);
    await screen.getByText('What changed around it').click();
    const list = screen.getByRole('list', { name: 'What it hangs on' });
    await expect.element(list.getByRole('listitem')).toHaveLength(2);
    await expect
      .element(list.getByRole('listitem').nth(0))
      .toMatchTextContent(/host-1.*In maintenance.*changed \d/s);
    await expect.element(list.getByRole('listitem').nth(1)).toMatchTextContent(/^\s*Mail store\s*$/);
    await expect
      .element(list.getByRole('link', { name: 'host-1' }))
      .toHaveAttribute('href', '/configuration/HOST');
  });

  test('[CFG-109] tells as changed what was edited before somebody confirmed it, and not what was made and told apart', async () => {
    const DAY = 24 * HOUR;
    const care = { confirmedAt: NOW - DAY, askedAt: null, different: [] };
    const { muster, screen } = await openRecord(incident(0, [], { service: MAIL }), [], []);
    muster.items = [
      { id: APP, version: 2, state: 'in_service', updatedAt: NOW - HOUR, changedAt: 0 },
      {
        ...{ id: HOST, version: 3, state: 'in_service', updatedAt: NOW - DAY, care },
        changedAt: NOW - 2 * DAY,
      },
    ];
    await screen.getByText('What changed around it').click();
    const rows = screen.getByRole('list', { name: 'What it hangs on' }).getByRole('listitem');
    await expect.element(rows.nth(0)).toMatchTextContent(/host-1.*changed/s);
    await expect.element(rows.nth(1)).toMatchTextContent(/^\s*Mail store\s*$/);
  });

  test('[CFG-109] names the releases that went to its service', async () => {
    const { screen } = await openRecord(incident(0, [APP], { service: MAIL }));
    const list = screen.getByRole('list', { name: 'Releases around it' });
    await expect
      .element(list.getByRole('link', { name: 'REL-1 Spring' }))
      .toHaveAttribute('href', '/release/R1');
  });

  test('[CFG-65] names other incidents that are open there', async () => {
    const dark = incident(1, [HOST], { title: 'No light on host-1' });
    const { screen } = await openRecord(incident(0, [APP]), [dark, incident(2, [OTHER])]);
    const list = screen.getByRole('list', { name: 'Open incidents around it' });
    await expect.element(list.getByRole('listitem')).toHaveLength(1);
    await expect
      .element(list.getByRole('link', { name: /No light on host-1/ }))
      .toHaveAttribute('href', `/record/${dark.id}`);
  });

  test('[CFG-131] leads from the few that are named there to all of them, and names the gravest', async () => {
    const small = [1, 2, 3, 4, 5, 6].map((at) => incident(at, [HOST], { title: `Slow ${at}`, priority: 4 }));
    const dark = incident(7, [HOST], { title: 'No light', priority: 1 });
    const { screen } = await openRecord(incident(0, [APP]), [...small, dark]);
    const list = screen.getByRole('list', { name: 'Open incidents around it' });
    await expect.element(list.getByRole('link').nth(1)).toMatchTextContent(/No light/);
    await expect
      .element(list.getByRole('link', { name: 'and 1 more' }))
      .toHaveAttribute('href', '/configuration/HOST');
  });

  test('[CFG-103] looks from the item that its own was joined into, and sees what names that or the other', async () => {
    const own = change('CHG-4', 'Other index', TWIN, { startedAt: NOW - HOUR });
    const dark = incident(1, [APP], { title: 'No mail' });
    const { screen } = await openRecord(incident(0, [TWIN]), [dark], [...CHANGES, own]);
    const list = screen.getByRole('list', { name: 'Changes around it' });
    await expect.element(list.getByRole('listitem')).toHaveLength(3);
    await expect.element(list.getByRole('listitem').nth(0)).toMatchTextContent(/CHG-4.*Mail store itself/s);
    await expect.element(screen.getByRole('link', { name: /No mail/ })).toBeVisible();
    await expect
      .element(screen.getByRole('link', { name: 'Show on the map' }))
      .toHaveAttribute('href', '/configuration/map?item=APP');
  });

  test('[CFG-64] looks from its service once somebody asks, and fetches nothing before', async () => {
    const { muster, screen } = await openRecord(incident(0, [], { service: MAIL }));
    const title = screen.getByText('What changed around it');
    await expect.element(title).toBeVisible();
    expect(muster.asked).toBe(0);
    await title.click();
    await expect.element(screen.getByRole('link', { name: 'CHG-1 More memory' })).toBeVisible();
  });

  test('[CFG-65] says that no change touched it, and says so only where changes were looked at', async () => {
    const { screen } = await openRecord(incident(0, [APP]), [], []);
    await expect
      .element(screen.getByText('No change touched what it hangs on in the last 7 days.'))
      .toBeVisible();
    await screen.unmount();
    const without = await openRecord(incident(0, [APP]), [], null);
    await expect.element(without.screen.getByText(/The changes are not on this device yet/)).toBeVisible();
  });

  test('[CFG-64] is not asked for where there is nothing to look from, or nothing to do any more', async () => {
    const bare = await openRecord(incident(0, []));
    await expect.element(bare.screen.getByText('Name an item')).toBeVisible();
    expect(bare.screen.getByText('What changed around it').query()).toBeNull();
    await bare.screen.unmount();
    const solved = await openRecord(incident(0, [APP], { state: 'resolved' }));
    await expect.element(solved.screen.getByText('Name an item')).toBeVisible();
    expect(solved.screen.getByText('What changed around it').query()).toBeNull();
  });
});
