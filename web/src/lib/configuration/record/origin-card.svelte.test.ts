import type { ConfigurationItem } from '@muster/domain/configuration';
import { ROLE_PERMISSIONS, recordId } from '@muster/domain/shared';
import type { PersonId } from '@muster/domain/shared';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { Api } from '#lib/connection/api.ts';
import { BoundaryError } from '#lib/connection/boundary-error.ts';
import { NOW, anItem, heldConfiguration } from '#lib/live/test-support/a-configuration.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import { dateOf } from '#lib/ui/time.ts';
import OriginCard from './OriginCard.svelte';

const directory = makeDirectory();
const [me] = [...directory.people.keys()] as [PersonId];
const [APP, HOST] = [recordId('01A00000000000000000000APP'), recordId('01A0000000000000000000HOST')];
const host = anItem(HOST, 'Host', 'server');

async function open({
  joined = [],
  connection = 'live',
  api,
}: {
  joined?: readonly ConfigurationItem[];
  connection?: ShellMuster['facts']['connection'];
  api: Pick<Api, 'request'>;
}): Promise<ShellMuster> {
  const actor = { id: me, name: 'Me', permissions: new Set(ROLE_PERMISSIONS.agent), teams: [] };
  const { live } = heldConfiguration(actor, directory, [host, ...joined], []);
  const muster = new ShellMuster({ directory, permissions: ROLE_PERMISSIONS.agent });
  muster.facts.connection = connection;
  const given = { live, item: host, joined: joined.map(({ id }) => id) };
  await render(ShellTrial, { muster, part: OriginCard, given, api });
  return muster;
}

test('[CFG-133] says by which sources it came, also what was joined into it, and that the next import updates it', async () => {
  const old = anItem(APP, 'Old host', 'server', { state: 'retired', sameAs: HOST });
  const made = { by: me, at: NOW };
  const answers = {
    [HOST]: { made, sources: [{ source: 'netbox', key: 'dcim.device 12', made: true }] },
    [APP]: { made, sources: [{ source: 'csv racks', key: 'A1', made: false }] },
  };
  await open({
    joined: [old],
    api: {
      request: (path) => {
        const id = [HOST, APP].find((each) => path === `/api/configuration/items/${each}/origins`);
        return id === undefined ? Promise.reject(new Error(path)) : Promise.resolve(answers[id]);
      },
    },
  });
  const card = page.getByRole('region', { name: 'Comes from' });
  const name = directory.people.get(me)?.name ?? '';
  await expect
    .element(card.getByText(`NetBox, device 12: imported first by ${name}, ${dateOf(NOW)}.`))
    .toBeVisible();
  await expect
    .element(
      card.getByText(
        'Table (CSV) “racks”, A1: found among what was here already, as Old host, which was joined into it.',
      ),
    )
    .toBeVisible();
  await expect.element(card.getByText('The next import of one of these sources updates it.')).toBeVisible();
  expect(card.getByText(/Made here/).query()).toBeNull();
});

test('[CFG-133] says who made it here, once the server can be reached', async () => {
  let asked = 0;
  const { facts } = await open({
    connection: 'offline',
    api: {
      request: () => {
        asked += 1;
        return Promise.resolve({ made: { by: me, at: NOW }, sources: [] });
      },
    },
  });
  const card = page.getByRole('region', { name: 'Comes from' });
  await expect.element(card.getByText('Known once the server can be reached.')).toBeVisible();
  expect(asked).toBe(0);
  facts.connection = 'live';
  const name = directory.people.get(me)?.name ?? '';
  await expect.element(card.getByText(`Made here by ${name}, ${dateOf(NOW)}.`)).toBeVisible();
  expect(card.getByText(/next import/).query()).toBeNull();
});

test('[CFG-133] asks again once the connection is back where the server did not answer', async () => {
  let answers = false;
  // two sources and keys that read alike when they are put together
  const sources = [
    { source: 'csv a', key: 'b c', made: true },
    { source: 'csv a b', key: 'c', made: false },
  ];
  const { facts } = await open({
    connection: 'connecting',
    api: {
      request: () =>
        answers
          ? Promise.resolve({ made: { by: me, at: NOW }, sources })
          : Promise.reject(new BoundaryError('server', 'The server failed.')),
    },
  });
  const card = page.getByRole('region', { name: 'Comes from' });
  await expect.element(card.getByText('The server failed.')).toBeVisible();
  answers = true;
  facts.connection = 'live';
  await expect.element(card.getByText(/“a”, b c:\s+imported first/)).toBeVisible();
  await expect.element(card.getByText(/“a b”, c:\s+found/)).toBeVisible();
});
