import { describe, expect, test } from 'vitest';
import { serviceId } from '../../shared/index.ts';
import type { Service, ServiceId } from '../../shared/index.ts';
import { DEFAULT_ALERT_MAPPING, readReport } from './index.ts';
import type { ReportedAlert } from './index.ts';

describe('labels', () => {
  const [mail, pay, twin] = [serviceId('mail'), serviceId('pay'), serviceId('twin')];
  const mapping = { ...DEFAULT_ALERT_MAPPING, services: { smtp: mail } };
  const called = (id: ServiceId, name: string): readonly [ServiceId, Service] => [
    id,
    { id, name, team: null, criticality: 2 },
  ];
  const services = new Map([
    called(mail, 'Mail'),
    called(pay, 'Payments'),
    called(twin, 'Twin'),
    called(serviceId('other-twin'), 'twin'),
  ]);
  const alert: ReportedAlert = {
    ...{ fingerprint: 'f', startsAt: 1, status: 'firing', labels: {}, annotations: {}, url: null },
  };
  const report = { groupKey: 'g', title: null, status: 'firing', truncated: 0, labels: {} } as const;
  const reading = (all: readonly Partial<ReportedAlert>[], fallback: ServiceId | null = null) =>
    readReport(
      { ...report, alerts: all.map((more) => ({ ...alert, ...more })) },
      mapping,
      fallback,
      services,
    );
  const labelled = (...all: readonly ReportedAlert['labels'][]) => all.map((labels) => ({ labels }));

  test('[INC-66] the mapping says service, impact and urgency; a severity it does not name is medium', () => {
    expect(reading(labelled({ service: 'smtp', severity: 'critical' }))).toMatchObject({
      ...{ service: mail, impact: 1, urgency: 1 },
      labels: { service: { by: 'table' }, severity: { by: 'table' } },
    });
    expect(reading(labelled({ severity: 'constructor' }), mail)).toMatchObject({
      ...{ service: mail, impact: 2, urgency: 2 },
      labels: { service: { value: null, by: null }, severity: { value: 'constructor', by: null } },
    });
  });

  test('[INC-146] the worst severity that fires counts, whatever the others say', () => {
    const severities = (...all: readonly string[]) => labelled(...all.map((severity) => ({ severity })));
    expect(reading(severities('warning', 'critical', 'info'))).toMatchObject({
      ...{ impact: 1, urgency: 1 },
      labels: { severity: { value: 'critical', values: ['warning', 'critical', 'info'] } },
    });
    // one that says none is as medium as one that nobody named
    expect(reading([...severities('info'), {}])).toMatchObject({
      ...{ impact: 2, urgency: 2 },
      labels: { severity: { value: null, values: ['info'], by: null } },
    });
    expect(reading([...severities('critical'), {}])).toMatchObject({
      labels: { severity: { value: 'critical', by: 'table' } },
    });
    expect(reading(severities('info', 'info'))).toMatchObject({ impact: 3, urgency: 3 });
    const over = { status: 'resolved' as const, labels: { severity: 'critical' } };
    expect(reading([...severities('info'), over])).toMatchObject({ impact: 3, urgency: 3 });
    expect(reading([])).toMatchObject({ impact: 2, urgency: 2 });
  });

  test('[INC-147] a value that is the name of one service stands for it, unless the table says otherwise', () => {
    const read = (value: string) => reading(labelled({ service: value }));
    expect(read('  paYments ')).toMatchObject({ service: pay, labels: { service: { by: 'name' } } });
    expect(read('smtp')).toMatchObject({ service: mail });
    for (const value of ['Twin', 'pay', 'constructor', ''])
      expect(read(value)).toMatchObject({ service: null, labels: { service: { value, by: null } } });
    const otherwise = { ...mapping, services: { Payments: mail } };
    expect(
      readReport({ ...report, alerts: [alert], labels: { service: 'Payments' } }, otherwise, null, services)
        .service,
    ).toBe(mail);
  });

  test('[INC-147] alerts that stand for different services, or not all for one, stand for the integration’s own', () => {
    const of = (...values: readonly string[]) =>
      reading(labelled(...values.map((service) => ({ service }))), twin);
    expect(of('smtp', 'Mail').service).toBe(mail);
    expect(of('smtp', 'Payments')).toMatchObject({
      service: twin,
      labels: { service: { value: null, values: ['smtp', 'Payments'], by: null } },
    });
    expect(of('smtp', 'nobody').service).toBe(twin);
    expect(of('nobody', 'no one').labels.service.value).toBeNull();
    expect(reading([...labelled({ service: 'smtp' }), {}], twin).service).toBe(twin);
  });
});
