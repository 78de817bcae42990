import { DEFAULT_ALERT_MAPPING, DEFAULT_ALERT_NUMBERS } from '@muster/domain/incident';
import { serviceId, teamId } from '@muster/domain/shared';
import type { Service } from '@muster/domain/shared';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { render } from 'vitest-browser-svelte';
import { BoundaryError } from '#lib/connection/boundary-error.ts';
import '#lib/styles/base.css';
import MappingDialog from './MappingDialog.svelte';
import type { AlertsApi, Integration, Trial } from './alerts-api.ts';

const shop: Service = { id: serviceId('s1'), name: 'Web shop', team: null, criticality: 2 };
const INTEGRATION: Integration = {
  id: 'i1',
  name: 'Prometheus',
  kind: 'alertmanager',
  team: null,
  service: null,
  mapping: DEFAULT_ALERT_MAPPING,
  numbers: DEFAULT_ALERT_NUMBERS,
  keyPrefix: 'abc',
  revoked: false,
  lastReceivedAt: null,
  counts: { received: 0, malformed: 0, episodes: 0, folded: 0 },
};
const TRIAL: Trial = {
  group: 'g',
  firing: 2,
  incident: { title: 'Disk full', impact: 1, urgency: 2, priority: 2, service: shop.id, team: null },
  description: '',
  refusal: null,
  service: { label: 'service', value: 'Web shop', values: ['Web shop'], by: 'name' },
  severity: { label: 'severity', value: 'page', values: ['page'], by: null },
  storms: ['cluster=north'],
};

async function open(tryOut: AlertsApi['tryOut'] = () => Promise.resolve(TRIAL)) {
  const alerts = {
    change: vi.fn<AlertsApi['change']>(() => Promise.resolve(null)),
    received: () => Promise.resolve([{ at: Date.UTC(2026, 0, 1), body: '{"groupKey":"g"}' }]),
    tryOut: vi.fn(tryOut),
  };
  const [onclose, onchanged] = [vi.fn(), vi.fn()];
  await render(MappingDialog, {
    integration: INTEGRATION,
    teams: [{ id: teamId('network'), name: 'Network', members: [], lead: null }],
    services: [shop],
    alerts,
    onclose,
    onchanged,
  });
  return { alerts, onclose, dialog: page.getByRole('dialog') };
}

beforeEach(() => page.viewport(1300, 900));

describe('the mapping of an integration', () => {
  test('is changed as a table, and saved whole', async () => {
    const { alerts, onclose, dialog } = await open();
    const service = dialog.getByRole('group', { name: 'Service' });
    await service.getByRole('button', { name: 'Value' }).click();
    await service.getByLabelText('Value of the label').fill('shop');
    await service.getByLabelText('Service for “shop”').selectOptions('Web shop');
    await dialog.getByRole('button', { name: 'Leave out “info”' }).click();
    await dialog.getByLabelText('Impact for “warning”').selectOptions('Low impact');
    await dialog.getByLabelText('Labels that may be shared').fill('rack, rack , cluster');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => onclose.mock.calls.length).toBe(1);
    expect(alerts.change.mock.lastCall?.[1]).toMatchObject({
      mapping: { services: { shop: 's1' }, severities: { warning: { impact: 3, urgency: 2 } } },
      numbers: { reopenMinutes: 30, stormLabels: ['rack', 'cluster'] },
    });
    expect(Object.keys(alerts.change.mock.lastCall?.[1].mapping.severities ?? {})).not.toContain('info');
  });

  test('is saved with an empty row, and names a service that no value stands for', async () => {
    const { alerts, onclose, dialog } = await open();
    const service = dialog.getByRole('group', { name: 'Service' });
    await service.getByRole('button', { name: 'Value' }).click();
    await service.getByLabelText('Service for “”').selectOptions('Web shop');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect
      .element(service.getByLabelText('Value of the label'))
      .toHaveAccessibleDescription('Write the value that stands for this service.');
    expect(alerts.change).not.toHaveBeenCalled();
    await service.getByRole('button', { name: 'Leave out “”' }).click();
    await service.getByRole('button', { name: 'Value' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect.poll(() => onclose.mock.calls.length).toBe(1);
    expect(alerts.change.mock.lastCall?.[1].mapping.services).toEqual({});
  });

  test('names what is wrong by field, and sends nothing', async () => {
    const { alerts, dialog } = await open();
    await dialog.getByLabelText('Minutes for reopening').fill('soon');
    await dialog.getByLabelText('Label that names the service').fill('');
    await dialog.getByRole('group', { name: 'Service' }).getByRole('button', { name: 'Value' }).click();
    await dialog.getByRole('group', { name: 'Service' }).getByLabelText('Value of the label').fill('shop');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await expect
      .element(dialog.getByLabelText('Minutes for reopening'))
      .toHaveAccessibleDescription(/A whole number from 0 to 1440\./);
    await expect
      .element(dialog.getByLabelText('Label that names the service'))
      .toHaveAccessibleDescription(/Write the name of a label\.$/);
    await expect.element(dialog.getByLabelText('Service for “shop”')).toBeVisible();
    await expect.element(dialog.getByText('Choose the service that it stands for.')).toBeVisible();
    expect(alerts.change).not.toHaveBeenCalled();
  });

  test('shows the incident that one of the last payloads would open, and takes up what it does not name', async () => {
    const { alerts, dialog } = await open();
    await dialog.getByLabelText('One of the last payloads').selectOptions('0');
    await dialog.getByRole('button', { name: 'Try it' }).click();
    const told = dialog.getByLabelText('The incident that it would open');
    await expect
      .element(told)
      .toMatchTextContent(/Disk full.*High impact, medium urgency.*Web shop.*2 firing/s);
    expect(alerts.tryOut.mock.lastCall?.[1]).toContain('"groupKey": "g"');
    await expect
      .element(dialog.getByText(/service is “Web shop”, which is the name of a service/))
      .toBeVisible();
    await dialog.getByRole('button', { name: 'Add “page” to the table' }).click();
    await expect.element(dialog.getByLabelText('Impact for “page”')).toHaveValue('2');
  });

  test('says which of several severities counts, and that the alerts are of several services', async () => {
    const { dialog } = await open(() =>
      Promise.resolve({
        ...TRIAL,
        service: { label: 'service', value: null, values: ['shop', 'mail'], by: null },
        severity: { label: 'severity', value: 'critical', values: ['warning', 'critical'], by: 'table' },
      }),
    );
    await dialog.getByLabelText('Payload', { exact: true }).fill('{}');
    await dialog.getByRole('button', { name: 'Try it' }).click();
    await expect
      .element(
        dialog.getByText('Of “warning”, “critical” in severity, “critical” counts, as the table names it.'),
      )
      .toBeVisible();
    await expect
      .element(dialog.getByText(/^Not all alerts say the same in service \(“shop”, “mail”\): the service is/))
      .toBeVisible();
  });

  test('says what becomes of alerts of no service while the integration has no team for them', async () => {
    const { dialog } = await open();
    const other = dialog.getByLabelText('Any other value, or none');
    await expect
      .element(other)
      .toHaveAccessibleDescription(
        'With no team and no service to go to: incidents of such alerts wait in the queue without a team, and no team is called.',
      );
    await other.selectOptions('Web shop');
    await expect.element(other).toHaveAccessibleDescription(/^“Web shop” has no team: /);
    await dialog.getByLabelText('Incidents go to').selectOptions('Network');
    await expect.element(other).not.toHaveAccessibleDescription(/queue/);
  });

  test('names each field of a payload that would not be taken', async () => {
    const { dialog } = await open(() =>
      Promise.reject(
        new BoundaryError('rejected', 'malformed', {
          faults: [{ where: 'body.alerts.0.status', what: 'Invalid option' }],
        }),
      ),
    );
    await dialog.getByLabelText('Payload', { exact: true }).fill('{}');
    await dialog.getByRole('button', { name: 'Try it' }).click();
    await expect.element(dialog.getByText('body.alerts.0.status')).toBeVisible();
  });
});
