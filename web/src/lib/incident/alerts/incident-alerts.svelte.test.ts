import { recordId } from '@muster/domain/shared';
import { expect, test } from 'vitest';
import { IncidentAlerts } from './incident-alerts.svelte.ts';
import type { AlertList } from './incident-alerts.svelte.ts';

const listOf = (firing: number): AlertList => ({ firing, total: 2, alerts: [] });

test('an answer that comes after that to a later question is not shown', async () => {
  const answers: ((list: AlertList) => void)[] = [];
  const request = () => new Promise<AlertList>((resolve) => answers.push(resolve));
  const alerts = new IncidentAlerts({ request } as ConstructorParameters<typeof IncidentAlerts>[0], () =>
    recordId('R1'),
  );
  const asked = [alerts.load(), alerts.load()];
  answers[1]?.(listOf(1));
  answers[0]?.(listOf(2));
  await Promise.all(asked);
  expect(alerts.list).toEqual(listOf(1));
  expect(alerts.failed).toBe(false);
});
