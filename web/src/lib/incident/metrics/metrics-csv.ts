import { MAJOR_METRICS } from '@muster/domain/incident';
import type { MeasuredMajor } from './incident-metrics.svelte.ts';

const MINUTE = 60_000;

/** A line an incident: times in ISO 8601, durations in minutes, an empty cell for what was not reached. */
export function metricsAsCsv(incidents: readonly MeasuredMajor[]): string {
  const lines = incidents.map(({ number, title, severity, createdAt, declaredAt, times }) =>
    [
      cell(number ?? ''),
      cell(title),
      `SEV-${severity}`,
      new Date(createdAt).toISOString(),
      new Date(declaredAt).toISOString(),
      ...MAJOR_METRICS.map((metric) => minutes(times[metric])),
    ].join(','),
  );
  const head = ['number', 'title', 'severity', 'opened', 'declared'];
  return [[...head, ...MAJOR_METRICS.map((metric) => `${metric} (min)`)].join(','), ...lines, ''].join(
    '\r\n',
  );
}

function minutes(ms: number | null): string {
  return ms === null ? '' : (ms / MINUTE).toFixed(1);
}

/** Quoted, and never a formula to a spreadsheet. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
