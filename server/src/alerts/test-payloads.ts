/** Payloads as senders make them, for tests and benches. */
export interface PayloadAlert {
  readonly name: string;
  readonly status?: 'firing' | 'resolved';
  readonly startsAt?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** An Alertmanager webhook, version 4, with fields that nobody has told us about. */
export function alertmanagerPayload(
  groupKey: string,
  alerts: readonly PayloadAlert[],
  more: object = {},
): object {
  const members = alerts.map(
    ({ name, status = 'firing', startsAt = '2026-01-01T00:00:00Z', labels = {} }) => ({
      status,
      labels: { alertname: 'InstanceDown', instance: name, severity: 'critical', ...labels },
      annotations: { summary: `${name} is down` },
      startsAt,
      endsAt: status === 'resolved' ? '2026-01-01T00:10:00Z' : '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus.test/graph',
      fingerprint: `print-${name}`,
      somethingNew: { nested: [1] },
    }),
  );
  return {
    version: '4',
    groupKey,
    truncatedAlerts: 0,
    status: members.some(({ status }) => status === 'firing') ? 'firing' : 'resolved',
    receiver: 'muster',
    groupLabels: {},
    commonLabels: {},
    commonAnnotations: {},
    externalURL: 'http://alertmanager.test',
    notification_reason: 'first',
    routeLabels: {},
    alerts: members,
    ...more,
  };
}
