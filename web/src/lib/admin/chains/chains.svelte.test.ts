import { scheduleId, type Chain } from '@muster/domain/shared';
import { describe, expect, test, vi } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { BoundaryError } from '#lib/connection/boundary-error.ts';
import ShellTrial from '#lib/shell/test-support/ShellTrial.svelte';
import { ShellMuster } from '#lib/shell/test-support/shell-muster.svelte.ts';
import { makeDirectory } from '#lib/ticket/test-support/tickets.ts';
import { chainWords } from '#lib/wording/chain.ts';
import { chainNames, minutesWords } from '#lib/wording/whom.ts';
import '#lib/styles/base.css';
import ChainDialog from './ChainDialog.svelte';
import { callable, editedFrom, stepFrom } from './edited-steps.ts';

const directory = makeDirectory();
const [team] = [...directory.teams.values()];
const [first, second] = [...directory.people.values()];
if (team === undefined || first === undefined || second === undefined) throw new Error('an empty directory');
const names = chainNames(directory);

const CHAIN: Chain = {
  id: team.id,
  version: 1,
  name: 'Nights',
  steps: [
    { kind: 'person', person: first.id },
    { kind: 'wait', minutes: 5 },
    { kind: 'team', team: team.id, part: 'all' },
    { kind: 'wait', minutes: 90 },
  ],
  repeats: 2,
};

async function open(write = vi.fn(() => Promise.resolve()), chain = CHAIN) {
  const onclose = vi.fn();
  const given = { chain, free: [], schedules: [], api: { write, remove: vi.fn() }, onclose };
  await render(ShellTrial, { muster: new ShellMuster({ directory }), part: ChainDialog, given });
  return { write, onclose };
}

describe('a chain in words', () => {
  test('[DSK-150] is one plain sentence, with what happens when nobody answers', () => {
    expect(chainWords(CHAIN, names)).toBe(
      `Calls ${first.name}; after 5 minutes everybody in ${team.name}. If nobody answers within 1 hour 30 minutes, it begins anew up to 2 times, then tells the managers of major incidents.`,
    );
    const later = { steps: [{ kind: 'wait', minutes: 1 }, ...CHAIN.steps.slice(0, 2)], repeats: 0 } as const;
    expect(chainWords(later, names)).toMatch(/^After 1 minute calls .* it tells the managers/);
    expect(chainWords({ steps: [], repeats: 0 }, names)).toBe('Calls nobody yet.');
    expect(chainWords({ steps: [{ kind: 'wait', minutes: 5 }], repeats: 1 }, names)).toBe(
      'Calls nobody yet.',
    );
    expect(minutesWords(60)).toBe('1 hour');
  });

  test('[DSK-150] its steps go through the boxes of the form and back', () => {
    const nights = { id: scheduleId('nights'), name: 'Nights' };
    const steps = [
      ...CHAIN.steps,
      { kind: 'team', team: team.id, part: 'lead' } as const,
      { kind: 'schedule', schedule: nights.id, name: nights.name } as const,
    ];
    expect(steps.map((step) => stepFrom(editedFrom(step), [nights]))).toEqual(steps);
    expect(stepFrom({ key: 'a', kind: 'wait', minutes: '0' }, [])).toBeNull();
    expect(stepFrom({ key: 'a', kind: 'wait', minutes: '1.5' }, [])).toBeNull();
    expect(stepFrom({ key: 'a', kind: 'call', whom: '' }, [])).toBeNull();
  });
});

describe('the form of a chain', () => {
  test('[DSK-150] keeps a step of a schedule that is not known here, and says it', async () => {
    const onCall = { kind: 'schedule', schedule: scheduleId('nights'), name: 'Nights' } as const;
    const chain = { ...CHAIN, steps: [onCall, ...CHAIN.steps.slice(1)] };
    const { write } = await open(undefined, chain);
    await page.getByLabelText('Name').fill('Nights and weekends');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => write.mock.calls.length).toBe(1);
    expect(write).toHaveBeenCalledWith({ ...chain, name: 'Nights and weekends' });
    const renamed = { id: onCall.schedule, name: 'Late' };
    expect(callable([renamed], chain.steps)).toEqual([renamed]);
  });

  test('[DSK-150] moves, adds and removes steps by keyboard, and says what the chain does', async () => {
    const { write, onclose } = await open();
    const wait = page.getByRole('spinbutton', { name: 'Step 2: wait, in minutes' });
    wait.element().focus();
    await userEvent.keyboard('{Alt>}{ArrowUp}{/Alt}');
    await expect.element(page.getByRole('spinbutton', { name: 'Step 1: wait, in minutes' })).toHaveFocus();
    await expect.element(page.getByText(/^After 5 minutes calls/)).toBeVisible();
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}');
    await expect.element(page.getByText(new RegExp(`^Calls ${first.name}; after 5 minutes`))).toBeVisible();
    await page.getByRole('button', { name: 'Remove step 3' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => onclose.mock.calls.length).toBe(1);
    expect(write).toHaveBeenCalledWith({ ...CHAIN, steps: CHAIN.steps.toSpliced(2, 1) });
  });

  test('[DSK-150] says what is missing before anything is sent', async () => {
    const { write } = await open();
    await page.getByRole('button', { name: 'Remove step 4' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.element(page.getByText(/^End with a wait/)).toBeVisible();
    await page.getByRole('button', { name: 'Call somebody' }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.element(page.getByText('Step 4: choose whom to call, or remove it.')).toBeVisible();
    expect(write).not.toHaveBeenCalled();
  });

  test('[DSK-164] keeps what was written when somebody else changed the chain meanwhile', async () => {
    const write = vi.fn(() =>
      Promise.reject(
        new BoundaryError('rejected', 'It was changed meanwhile.', { problem: 'changed-meanwhile' }),
      ),
    );
    const { onclose } = await open(write);
    await page.getByLabelText('Name').fill('Nights and weekends');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect.element(page.getByText(/Somebody changed this chain meanwhile/)).toBeVisible();
    await expect.element(page.getByLabelText('Name')).toHaveValue('Nights and weekends');
    expect(onclose).not.toHaveBeenCalled();
  });
});
