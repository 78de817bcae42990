import { ALERTS_OVER, NOT_SILENCED } from '@muster/domain/shared';
import type { Call, Person, Recorded, TicketEvent } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { FixtureMuster } from '#lib/ticket/test-support/fixture-muster.svelte.ts';
import { NOW, makeDirectory, makeRow } from '#lib/ticket/test-support/tickets.ts';
import AlertsStage from '../test-support/AlertsStage.svelte';
import type { AlertList } from './incident-alerts.svelte.ts';

const directory = makeDirectory();
const [me, other] = [...directory.people.values()] as [Person, Person];
const HOUR_MS = 3_600_000;

const call: Call = {
  ...{ id: 2, state: 'calling', team: null, name: 'Night', cause: 'alert', by: other.id, at: NOW },
  steps: [
    { kind: 'person', person: other.id },
    { kind: 'wait', minutes: 5 },
  ],
  repeats: 0,
  taken: [{ round: 0, step: 0, at: NOW, people: [other.id] }],
  endedBy: null,
  endedAt: null,
};

const listed = (firing: boolean, acknowledged: boolean): AlertList => ({
  firing: firing ? 1 : 0,
  total: 1,
  alerts: [
    {
      ...{ id: 'a', name: 'Disk full', labels: {}, url: null, startsAt: NOW, acknowledged },
      state: firing ? 'firing' : 'resolved',
      resolvedAt: firing ? null : NOW,
    },
  ],
});

async function open(change: Parameters<typeof makeRow>[1], list: AlertList, silencedUntil = NOT_SILENCED) {
  const row = makeRow(0, { state: 'in_progress', channel: 'alert', ...change });
  const muster = new FixtureMuster({ rows: [row], me, directory });
  const said: Recorded<TicketEvent> = {
    ...{ seq: 1, version: 1, actor: other.id, at: NOW, clientAt: NOW },
    event: { type: 'alerts-silenced', until: silencedUntil },
  };
  const screen = await render(AlertsStage, { muster, id: row.id, said: [said], list });
  const panel = screen.getByRole('region', { name: 'Alerts' });
  await expect.element(panel.getByText('Disk full')).toBeVisible();
  return { muster, panel };
}

describe('the alerts of an incident', () => {
  test('[DSK-156] say that a call goes on where nothing is left to acknowledge, and for whom the key is', async () => {
    const { panel } = await open({ calls: [call] }, listed(true, true));
    await expect.element(panel.getByText(/^Calls go on all the same/)).toBeVisible();
    await expect.element(panel.getByRole('button', { name: 'Acknowledge' })).not.toBeInTheDocument();
  });

  test('say nothing of calls while there is something to acknowledge', async () => {
    const { panel } = await open({ calls: [call] }, listed(true, false));
    await expect.element(panel.getByRole('button', { name: 'Acknowledge' })).toBeVisible();
    await expect.element(panel.getByText(/^Calls go on/)).not.toBeInTheDocument();
  });

  test('say nothing of calls when somebody has it', async () => {
    const answered = { ...call, state: 'acknowledged', endedBy: other.id, endedAt: NOW } as const;
    const { panel } = await open({ calls: [answered] }, listed(true, true));
    await expect.element(panel.getByText(/^Calls go on/)).not.toBeInTheDocument();
  });

  test('[INC-149] that fire silently in a resolved incident say what the end of the silence does', async () => {
    const resolution = { code: ALERTS_OVER, notes: 'Over' };
    const change = { state: 'resolved', resolvedAt: NOW, resolution } as const;
    const { panel } = await open(change, listed(true, false), NOW + HOUR_MS);
    await expect.element(panel.getByText(/still fires when the silence ends opens this again/)).toBeVisible();
  });

  test('that are all over say that the silence is for when they fire again', async () => {
    const { panel } = await open({}, listed(false, false), NOW + HOUR_MS);
    await expect.element(panel.getByText(/should they fire again/)).toBeVisible();
  });
});
