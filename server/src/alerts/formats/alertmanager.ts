/** Webhooks of Prometheus Alertmanager (version 4) and of Grafana, which sends the same and more. Unknown fields pass. */
import type { AlertReport } from '@muster/domain/incident';
import { z } from 'zod';
import { labels, linkOf, words } from './labels.ts';

const MAX_ALERTS = 20_000;
/** Go's zero time: no time. */
const NO_TIME = /^0001-01-01T/;

const instant = z
  .string()
  .refine((text) => NO_TIME.test(text) || !Number.isNaN(Date.parse(text)), 'must be an RFC 3339 time')
  .transform((text) => (NO_TIME.test(text) ? null : Date.parse(text)));

const status = z.enum(['firing', 'resolved']);

const alert = z.looseObject({
  status,
  labels,
  annotations: labels,
  startsAt: instant,
  fingerprint: words(200).optional(),
  generatorURL: z.string().nullish(),
  dashboardURL: z.string().nullish(),
  panelURL: z.string().nullish(),
});

const payload = z.looseObject({
  version: z.string().nullish(),
  groupKey: words(1_000).refine((key) => key !== '', 'must not be empty'),
  status,
  truncatedAlerts: z.int().min(0).nullish(),
  groupLabels: labels,
  commonLabels: labels,
  commonAnnotations: labels,
  title: words(200).nullish(),
  alerts: z.array(alert).min(1, 'must hold at least one alert').max(MAX_ALERTS),
});

export function parseAlertmanager(
  body: unknown,
  kind: 'alertmanager' | 'grafana',
): z.ZodSafeParseResult<AlertReport> {
  return payload
    .transform((given): AlertReport => ({
      groupKey: given.groupKey,
      // Grafana's title repeats labels in brackets; a summary that all alerts share says more
      title: given.commonAnnotations['summary'] ?? (kind === 'grafana' ? (given.title ?? null) : null),
      status: given.status,
      truncated: given.truncatedAlerts ?? 0,
      labels: { ...given.groupLabels, ...given.commonLabels },
      alerts: given.alerts.map((one) => ({
        fingerprint: one.fingerprint ?? identityOf(one.labels),
        startsAt: one.startsAt,
        status: one.status,
        labels: one.labels,
        annotations: one.annotations,
        url: linkOf(one.panelURL) ?? linkOf(one.dashboardURL) ?? linkOf(one.generatorURL),
      })),
    }))
    .safeParse(body);
}

/** Who an alert is where its sender names no fingerprint: its labels. */
function identityOf(given: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.entries(given).toSorted(([a], [b]) => (a < b ? -1 : 1))).slice(0, 1_000);
}
