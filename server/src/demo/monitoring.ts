/** The monitoring system of the demonstration: how it reads labels, and what came last, to try that out with. */
import { DEFAULT_ALERT_MAPPING } from '@muster/domain/incident';
import type { PersonId, ServiceId } from '@muster/domain/shared';
import { makeIntegration } from '../alerts/integrations.ts';
import type { Store } from '../store/store.ts';
import { DEMO_SERVICES } from './organisation.ts';
import { demoServiceId } from './tickets.ts';

const MINUTE = 60_000;

/** Values of the label `service`, as those who watch the machines write them. */
const LABELS: Readonly<Record<string, string>> = {
  shop: 'Web shop',
  vpn: 'Remote access (VPN)',
  wifi: 'Office Wi-Fi',
  k8s: 'Container platform',
  backup: 'Backup',
};

/** What it sent, and how long ago. Their incidents are not among the records: these are here to be tried out. */
const RECEIVED: readonly (readonly [
  minutesAgo: number,
  name: string,
  labels: Readonly<Record<string, string>>,
])[] = [
  [190, 'BackupSlow', { service: 'backup', severity: 'warning', instance: 'tape-2', datacenter: 'ams1' }],
  [
    95,
    'CertificateExpiresSoon',
    { service: 'shop', severity: 'page', instance: 'shop-edge-1', datacenter: 'ams2' },
  ],
  [22, 'NodeNotReady', { service: 'k8s', severity: 'critical', instance: 'node-14', cluster: 'prod' }],
];

export async function watchMachines(store: Store, madeBy: PersonId, now: number): Promise<void> {
  const services = Object.fromEntries(
    Object.entries(LABELS).map(([label, name]): [string, ServiceId] => {
      const service = DEMO_SERVICES.find((one) => one.name === name);
      if (service === undefined) throw new Error(`no service ${name} in the demonstration`);
      return [label, demoServiceId(service)];
    }),
  );
  const mapping = { ...DEFAULT_ALERT_MAPPING, services };
  const asked = {
    name: 'Prometheus',
    kind: 'alertmanager',
    team: null,
    service: null,
    mapping,
    madeBy,
  } as const;
  const { integration } = await makeIntegration(store.writer, asked, now);
  const payloads = RECEIVED.map(([minutesAgo, name, labels]) => {
    const at = now - minutesAgo * MINUTE;
    return { integration: integration.id, at, body: JSON.stringify(payload(at, name, labels)) };
  });
  await store.writer.insertInto('alert_received').values(payloads).execute();
  await store.writer
    .updateTable('alert_integration')
    .set({ received: payloads.length, last_received_at: payloads.at(-1)?.at ?? null })
    .where('id', '=', integration.id)
    .execute();
}

function payload(at: number, name: string, labels: Readonly<Record<string, string>>): object {
  const all = { alertname: name, ...labels };
  return {
    version: '4',
    groupKey: `{}:{alertname="${name}"}`,
    truncatedAlerts: 0,
    status: 'firing',
    receiver: 'muster',
    groupLabels: { alertname: name },
    commonLabels: all,
    commonAnnotations: { summary: `${name} on ${labels['instance'] ?? 'a machine'}` },
    externalURL: 'http://alertmanager.invalid',
    alerts: [
      {
        status: 'firing',
        labels: all,
        annotations: { summary: `${name} on ${labels['instance'] ?? 'a machine'}` },
        startsAt: new Date(at - MINUTE).toISOString(),
        endsAt: '0001-01-01T00:00:00Z',
        generatorURL: 'http://prometheus.invalid/graph',
        fingerprint: `demo-${name}`,
      },
    ],
  };
}
