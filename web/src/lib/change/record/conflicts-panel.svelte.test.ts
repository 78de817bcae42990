import type { ChangeWindow } from '@muster/domain/change';
import type { PersonId, ServiceId } from '@muster/domain/shared';
import { createRawSnippet } from 'svelte';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { NOW, makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import { ChangeTrial, HOUR } from '../test-support/change-trial.svelte.ts';
import ChangePage from './ChangePage.svelte';

const directory = makeDirectory();
const [me] = [...directory.people.keys()] as [PersonId];
const [service] = [...directory.services.keys()] as [ServiceId];
const wall = (at: number) => new Date(at).toISOString().slice(0, 16);

test('the page of a change words a freeze as the calendar does', async () => {
  const when = { zone: 'UTC', begins: wall(NOW), ends: wall(NOW + 9 * HOUR), repeats: null };
  const freeze: ChangeWindow = {
    ...{ id: 'freeze', version: 1, name: 'Year end', kind: 'freeze', hard: false, when },
    ...{ services: [service], classes: null, models: null },
  };
  const fields = { title: 'New relay', items: [service], begins: NOW + HOUR, ends: NOW + 2 * HOUR };
  const trial = new ChangeTrial(directory, me, { windows: [freeze] }).as(me, {
    ...{ verb: 'create', model: 'normal', fields, owner: me },
  });
  const muster = new ShellMuster({ directory, permissions: ['change.read', 'change.work'] });
  muster.openChanges = () => Promise.resolve(trial);
  const notice = createRawSnippet(() => ({ render: () => '<p>The form</p>' }));
  await render(ShellTrial, { muster, part: ChangePage, given: { id: trial.id, notice } });
  const conflicts = page.getByRole('region', { name: 'Conflicts' });
  await expect.element(conflicts.getByText('In a soft freeze')).toBeVisible();
  await expect
    .element(conflicts.getByText(/Who manages changes may overrule it with a reason/))
    .toBeVisible();
});
