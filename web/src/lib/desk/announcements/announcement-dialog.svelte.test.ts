import { writeAnnouncement } from '@muster/documents';
import type { Announcement } from '@muster/domain/desk';
import { ROLE_PERMISSIONS, recordId } from '@muster/domain/shared';
import type { PersonId } from '@muster/domain/shared';
import { beforeEach, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import * as Y from 'yjs';
import { Announcements } from '#lib/live/announcements.ts';
import { NOW, anItem, heldConfiguration } from '#lib/live/test-support/a-configuration.ts';
import { heldHere } from '#lib/live/test-support/held-here.ts';
import { KeptActs } from '#lib/live/test-support/kept-acts.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import AnnouncementDialog from './AnnouncementDialog.svelte';

const directory = makeDirectory();
const [me] = [...directory.people.keys()] as [PersonId];
const [APP, HOST] = [recordId('01A00000000000000000000APP'), recordId('01A0000000000000000000HOST')];
const ANNOUNCED = recordId('01N00000000000000000000001');
const permissions = ROLE_PERMISSIONS['team-lead'];

/** As the server has it; no document says what items it is of. */
const WHOLE: Announcement = {
  ...{ id: ANNOUNCED, version: 2, revision: 1, revisedAt: NOW, state: 'in_progress' },
  ...{ kind: 'outage', title: 'Doors', message: '', services: [], audience: [], public: false },
  ...{ items: [HOST], beginsAt: null, endsAt: null, madeBy: me, madeAt: NOW, updatedAt: NOW },
  ...{ publishedAt: NOW, startedAt: NOW, endedAt: null, updates: [], told: [] },
};

class Announcing extends ShellMuster {
  readonly #live: Announcements;

  constructor(live: Announcements) {
    super({ directory, permissions });
    this.#live = live;
  }

  override get announcements() {
    return this.#live;
  }
}

async function open() {
  const [notice, acts] = [new Y.Doc(), new KeptActs()];
  const actor = { id: me, name: 'Me', permissions: new Set(permissions), teams: [] };
  const live = new Announcements({
    ...{ actor, inbox: heldHere(new Y.Doc()), outbox: acts, directory: () => directory },
    ...{ knowsOrganisation: () => true, now: () => NOW, deviceNow: () => NOW },
    request: () => Promise.resolve({ announcements: [WHOLE] }),
  });
  live.follow([heldHere(notice)]);
  writeAnnouncement(notice, WHOLE);
  const muster = new Announcing(live);
  const items = [anItem(APP, 'Shop', 'application'), anItem(HOST, 'Host', 'server')];
  const held = heldConfiguration(actor, directory, items);
  muster.openConfiguration = () => Promise.resolve(held.live);
  const given = { announcement: live.all[0], onclose: () => undefined };
  await render(ShellTrial, { muster, part: AnnouncementDialog, given });
  return { live, acts };
}

const field = () => page.getByRole('combobox', { name: /^Items out of use/ });
const save = () => page.getByRole('button', { name: 'Change', exact: true }).click();

beforeEach(() => page.viewport(1300, 900));

test('[CFG-69] items that the server has not told yet are not offered to be changed, and stay as they are', async () => {
  const { acts } = await open();
  await expect.element(page.getByText(/has not told this device yet/)).toBeVisible();
  await expect.element(field()).not.toBeInTheDocument();
  await page.getByLabelText('Title').fill('New doors');
  await save();
  await expect
    .poll(() => acts.commands.map(({ envelope }) => envelope.args))
    .toEqual([{ fields: { title: 'New doors' } }]);
});

test('[CFG-69] items that the server tells while the form is open come into it, and one is added to them', async () => {
  const { live, acts } = await open();
  await expect.element(page.getByText(/has not told this device yet/)).toBeVisible();
  await live.refresh();
  await expect.element(page.getByText('Host', { exact: true })).toBeVisible();
  await field().click();
  await page.getByRole('option', { name: /^Shop/ }).click();
  await save();
  await expect
    .poll(() => acts.commands.map(({ envelope }) => envelope.args))
    .toEqual([{ fields: { items: [HOST, APP] } }]);
});
