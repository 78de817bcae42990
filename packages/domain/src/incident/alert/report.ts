import type { Instant } from '../../shared/index.ts';

/** One alert as a source reports it, whatever the source. */
export interface ReportedAlert {
  /** What the source calls this alert, the same each time it fires. */
  readonly fingerprint: string;
  /** When this time of firing began; null where the source does not say, so that it is whichever is running. */
  readonly startsAt: Instant | null;
  readonly status: 'firing' | 'acknowledged' | 'resolved';
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
  /** Where it can be looked at; http(s) only. */
  readonly url: string | null;
}

/** One payload of a source: a group of alerts with what they share. */
export interface AlertReport {
  /** Names the incident that the group is one of: `groupKey`, or PagerDuty's `dedup_key`. */
  readonly groupKey: string;
  readonly title: string | null;
  readonly status: 'firing' | 'resolved';
  /** How many more alerts the group has that the payload does not name. */
  readonly truncated: number;
  readonly labels: Readonly<Record<string, string>>;
  readonly alerts: readonly ReportedAlert[];
}

/** The name that people know an alert by. */
export function alertName({
  labels,
  annotations,
  fingerprint,
}: Omit<ReportedAlert, 'startsAt' | 'status' | 'url'>): string {
  const name = labels['alertname'] ?? annotations['summary'] ?? fingerprint;
  const where = labels['instance'] ?? labels['component'] ?? labels['source'];
  return where === undefined ? name : `${name} (${where})`;
}
