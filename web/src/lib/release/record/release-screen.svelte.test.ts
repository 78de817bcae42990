import { DEFAULT_PHASES } from '@muster/domain/release';
import type { PersonId } from '@muster/domain/shared';
import { beforeEach, describe, expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import type { LiveChanges } from '#lib/live/change/live-changes.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import '#lib/styles/base.css';
import { makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import { ReleaseNight, idOf, plan } from '../test-support/release-night.svelte.ts';
import ReleaseScreen from './ReleaseScreen.svelte';

const directory = makeDirectory();
const [me, bo] = [...directory.people.keys()] as [PersonId, PersonId];
/** No changes: what is looked at here is the release alone. */
const changes = {
  ...{ loaded: true, all: [], get: () => undefined, peek: () => undefined, find: () => undefined },
} as unknown as LiveChanges;

async function open(night: ReleaseNight, tab = 'overview') {
  const permissions = ['release.read', 'release.work', 'release.manage'] as const;
  const muster = new ShellMuster({ directory, permissions });
  const given = { id: night.id, releases: night, changes, tab, ontab: () => undefined };
  await render(ShellTrial, { muster, part: ReleaseScreen, given });
  return { muster };
}

/** Ready, with both asked, and each of them to say go. */
function asked(): ReleaseNight {
  const night = new ReleaseNight(directory, me, [plan('a', { title: 'Copy the database' })]);
  for (const stage of ['planning', 'building', 'testing'] as const) {
    night.as(me, { verb: 'transition', to: stage });
    night.as(me, { verb: 'start-phase', phase: stage });
    night.as(me, { verb: 'complete-phase', phase: stage });
  }
  night.as(me, { verb: 'transition', to: 'ready' });
  return night.as(me, { verb: 'open-roll-call', leads: [me, bo], quorum: 2 });
}

beforeEach(() => {
  localStorage.clear();
  return page.viewport(1200, 900);
});

describe('the screen of a release', () => {
  test('[REL-60] says what stands against each way before it is tried', async () => {
    const night = new ReleaseNight(directory, me, []);
    night.as(me, { verb: 'transition', to: 'planning' });
    await open(night);
    await expect.element(page.getByRole('button', { name: 'Begin building' })).toBeDisabled();
    const against = page.getByRole('list', { name: 'What stands against it' });
    await expect.element(against).toMatchTextContent(/Begin building: Complete Planning first\./);
    await page.getByRole('button', { name: 'Cancel the release' }).click();
    const dialog = page.getByRole('dialog', { name: 'Cancel the release' });
    await expect.element(dialog.getByRole('button', { name: 'Cancel the release' })).toBeDisabled();
    await dialog.getByLabelText('Why').fill('The supplier is not ready');
    await dialog.getByRole('button', { name: 'Cancel the release' }).click();
    expect(night.release.state).toBe('cancelled');
  });

  test('[REL-61] shows what a restart takes back before it is done', async () => {
    const night = asked();
    await open(night, 'phases');
    const building = page.getByRole('region', { name: 'Building' });
    await building.getByRole('button', { name: 'Restart' }).click();
    const dialog = page.getByRole('dialog', { name: 'Restart Building' });
    await expect.element(dialog).toMatchTextContent(/Building, Testing begin anew/);
    await expect.element(dialog).toMatchTextContent(/The release goes back to building/);
    await expect.element(dialog).toMatchTextContent(/What the leads answered is gone/);
    await dialog.getByLabelText('Why').fill('The build was wrong');
    await dialog.getByRole('button', { name: 'Restart' }).click();
    expect(night.release.state).toBe('building');
    expect(night.release.rollCall).toBeNull();
  });

  test('[REL-62] keeps an answer to what was read, and tells what moved meanwhile', async () => {
    const night = asked();
    await open(night, 'go');
    const go = page
      .getByRole('group', { name: 'Your answer' })
      .getByRole('button', { name: 'Go', exact: true });
    await expect.element(go).toBeEnabled();
    night.as(bo, { verb: 'edit', fields: { label: '2026.13' } });
    await expect.element(page.getByText('label changed')).toBeVisible();
    await expect.element(go).toBeDisabled();
    await page.getByRole('button', { name: 'I have read it' }).click();
    await go.click();
    const dialog = page.getByRole('dialog', { name: 'Answer go' });
    await dialog.getByRole('button', { name: 'Go', exact: true }).click();
    const call = page.getByRole('region', { name: 'Go or no-go' });
    await expect.element(call).toMatchTextContent(/1 go of 2 needed/);
    night.as(bo, { verb: 'edit', fields: { title: 'Another release' } });
    await expect.element(call).toMatchTextContent(/Void, was go.*Since then: title changed/);
  });

  test('[REL-41] a rollback is told with who ordered it and why, and readiness is no good news then', async () => {
    const night = new ReleaseNight(directory, me, [plan('a', { title: 'Copy the database' })]).deploy();
    night.as(me, { verb: 'tick', step: idOf('a') });
    night.as(bo, { verb: 'transition', to: 'rolling_back', reason: 'Orders are lost' });
    await open(night, 'overview');
    const head = page.getByRole('region', { name: 'How it stands' });
    const name = directory.people.get(bo)?.name ?? '';
    await expect.element(head).toMatchTextContent(new RegExp(`Rolling back\\. ${name} .*Orders are lost`));
    const readiness = page.getByRole('region', { name: 'Readiness' });
    await expect.element(readiness).toMatchTextContent(/is being rolled back since.*0 of 1 steps undone/);
    await expect.element(readiness).not.toMatchTextContent(/100 %|every gate is met/);
    night.as(bo, { verb: 'roll-back-step', step: idOf('a') });
    night.as(bo, { verb: 'transition', to: 'rolled_back' });
    await expect.element(head).toMatchTextContent(/Rolled back\. .*Orders are lost/);
    night.as(bo, { verb: 'transition', to: 'review' });
    await expect.element(head).toMatchTextContent(/Orders are lost/);
  });

  test('[REL-63] of a draft nothing is ready, and what it is late for is said', async () => {
    const night = new ReleaseNight(directory, me, []);
    const [gate] = DEFAULT_PHASES.flatMap(({ gates }) => gates);
    expect(gate?.rule.kind).toBe('windows-fit');
    night.as(me, { verb: 'plan-phases', phases: DEFAULT_PHASES });
    night.as(me, {
      verb: 'edit',
      fields: { beginsAt: Date.now() - 3_600_000, endsAt: Date.now() + 3_600_000 },
    });
    await open(night, 'overview');
    await expect.element(page.getByRole('region', { name: 'Readiness' })).toMatchTextContent(/ 0 % 0 of 6/);
    await expect
      .element(page.getByRole('region', { name: 'Risk' }))
      .toMatchTextContent(/Late, as Planning is to be over when the release begins/);
  });

  test('[REL-63] plots the risk by its shares, and says in the history what happened', async () => {
    const night = asked();
    await open(night, 'overview');
    const readiness = page.getByRole('region', { name: 'Readiness' });
    await expect.element(readiness).toMatchTextContent(/100 % .*Ready: every phase before the deployment/);
    await expect
      .element(page.getByRole('table', { name: 'What the risk is made of' }))
      .toMatchTextContent(/Steps to do\s*0 of 1 steps done/);
  });
});
