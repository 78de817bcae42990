import type { Call, Person } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import { userEvent } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { FixtureMuster } from '../test-support/fixture-muster.svelte.ts';
import RecordStage from '../test-support/RecordStage.svelte';
import { makeDirectory, makeRow } from '../test-support/tickets.ts';
import { callableFrom } from './callable.ts';
import { countdown, nextWords, nowWords } from './call-words.ts';
import { chainNames } from '#lib/wording/whom.ts';
import '#lib/styles/base.css';

const directory = makeDirectory();
const [me, other] = [...directory.people.values()] as [Person, Person];
const names = chainNames(directory);
const NOON = Date.UTC(2026, 10, 23, 12);
const MINUTE = 60_000;

const calling = (changes: Partial<Call> = {}): Call => ({
  id: 2,
  state: 'calling',
  team: null,
  name: 'Night',
  cause: 'hand',
  by: other.id,
  at: NOON,
  steps: [
    { kind: 'person', person: me.id },
    { kind: 'wait', minutes: 5 },
    { kind: 'person', person: other.id },
    { kind: 'wait', minutes: 10 },
  ],
  repeats: 0,
  taken: [{ round: 0, step: 0, at: NOON, people: [me.id] }],
  endedBy: null,
  endedAt: null,
  ...changes,
});

describe('a call in words', () => {
  test('[DSK-152] says who was called, and who is next in how long', () => {
    expect(nowWords(calling(), names, NOON)).toContain(`${me.name} was called at`);
    expect(nextWords(calling(), names, NOON + MINUTE)).toBe(`Next: ${other.name} in 4:00`);
    const last = calling({
      taken: [...calling().taken, { round: 0, step: 2, at: NOON + 5 * MINUTE, people: [other.id] }],
    });
    expect(nextWords(last, names, NOON + 6 * MINUTE)).toMatch(/the managers of major incidents.* in 9:00/);
    expect([countdown(59_001), countdown(3_605_000)]).toEqual(['1:00', '1:00:05']);
  });
});

describe('the calls of a record', () => {
  async function open(call: Call, staff = me) {
    const row = makeRow(0, { state: 'in_progress', owner: null, calls: [call] });
    const muster = new FixtureMuster({ rows: [row], me: staff, directory });
    const screen = await render(RecordStage, { muster, id: row.id });
    return { muster, row, screen };
  }

  test('[DSK-156] whom it called says “I have it” by a button or its key', async () => {
    const { muster, row, screen } = await open(calling());
    await expect.element(screen.getByRole('button', { name: 'I have it' })).toBeVisible();
    await userEvent.keyboard('{Shift>}I{/Shift}');
    await expect.element(screen.getByText(/said “I have it” at/)).toBeVisible();
    expect(muster.tickets.get(row.id)?.calls).toMatchObject([{ state: 'acknowledged', endedBy: me.id }]);
    await expect.element(screen.getByRole('button', { name: 'I have it' })).not.toBeInTheDocument();
  });

  test('[DSK-159] whoever works on it stops the call with a reason', async () => {
    const { muster, row, screen } = await open(calling({ taken: [] }));
    await expect.element(screen.getByRole('button', { name: 'I have it' })).not.toBeInTheDocument();
    await screen.getByRole('button', { name: 'Stop calling' }).click();
    const dialog = screen.getByRole('dialog', { name: 'Stop calling' });
    await dialog.getByLabelText('Why').fill('A false alarm');
    await dialog.getByRole('button', { name: 'Stop calling' }).click();
    await expect.element(screen.getByText(/stopped the call at/)).toBeVisible();
    expect(muster.tickets.get(row.id)?.calls).toMatchObject([{ state: 'stopped' }]);
  });

  test('[DSK-154] shows who was called in order, also where nobody could be', async () => {
    const taken = [
      { round: 0, step: 0, at: NOON, people: [] },
      { round: 0, step: 2, at: NOON, people: [other.id] },
    ];
    const { screen } = await open(calling({ taken }));
    await screen.getByRole('button', { name: 'Who was called' }).click();
    const list = screen.getByRole('list', { name: 'Who was called, in order' });
    await expect.element(list.getByRole('listitem').nth(0)).toMatchTextContent(/Nobody to be called/);
    await expect.element(list.getByRole('listitem').nth(1)).toMatchTextContent(new RegExp(other.name));
  });
});

describe('who can be called', () => {
  test('[DSK-151] is every team that has a chain and is not being called', () => {
    const [team] = [...directory.teams.values()];
    if (team === undefined) throw new Error('no team');
    const chain = { id: team.id, version: 1, name: 'Night', steps: calling().steps, repeats: 0 };
    const chained = { ...directory, chains: new Map([[String(team.id), chain]]) };
    const row = makeRow(0, { state: 'in_progress', team: team.id });
    expect(callableFrom(row, chained)).toEqual([{ team: team.id, label: `Call ${team.name}`, near: true }]);
    expect(callableFrom({ ...row, calls: [calling({ team: team.id })] }, chained)).toEqual([]);
    expect(callableFrom({ ...row, state: 'closed' }, chained)).toEqual([]);
    expect(callableFrom(row, directory)).toEqual([]);
  });
});
