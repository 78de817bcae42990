/** The four measures of DORA by week, as the server tells them, and how they are read. */
import type { DoraWeek } from '@muster/domain/release';
import { durationWords } from '#lib/ticket/wording/times.ts';

/** Named by its Monday: `2026-11-23`. */
export type Week = DoraWeek<string>;

export const MEASURES = ['deployments', 'leadTimeMs', 'changeFailureRate', 'restoreMs'] as const;
export type Measure = (typeof MEASURES)[number];

interface MeasureWords {
  readonly title: string;
  /** What is counted, in one sentence. */
  readonly means: string;
  readonly words: (value: number) => string;
}

export const MEASURE_WORDS: Readonly<Record<Measure, MeasureWords>> = {
  deployments: {
    title: 'Deployment frequency',
    means: 'Deployments that ended in the week, failed ones too.',
    words: (value) => String(Math.round(value * 10) / 10),
  },
  leadTimeMs: {
    title: 'Lead time for changes',
    means: 'Median from the oldest commit that a deployment brings to its end.',
    words: (ms) => hoursWords(ms),
  },
  changeFailureRate: {
    title: 'Change failure rate',
    means: 'Part of the deployments that failed, were rolled back or caused an incident.',
    words: (value) => `${Math.round(value * 100)} %`,
  },
  restoreMs: {
    title: 'Time to restore',
    means: 'Median of the incidents that the deployments of the week caused, from opening to restored.',
    words: (ms) => hoursWords(ms),
  },
};

const hoursWords = (ms: number): string => (ms < 60_000 ? '0' : durationWords(ms));
const DAY_MS = 86_400_000;
/** Ten years. */
const MOST_WEEKS = 520;

/** The begin of a week where this person is. */
export function mondayAt(week: string): number {
  const [year = 0, month = 1, day = 1] = week.split('-').map(Number);
  return new Date(year, month - 1, day).getTime();
}

/** With every week from the first to the last: in one that nothing was deployed in, nothing was. */
export function withoutGaps(weeks: readonly Week[]): readonly Week[] {
  const [first, last] = [weeks[0]?.week, weeks.at(-1)?.week];
  if (first === undefined || last === undefined) return [];
  const known = new Map(weeks.map((one) => [one.week, one]));
  const all: Week[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last) && all.length < MOST_WEEKS; at += 7 * DAY_MS) {
    const week = new Date(at).toISOString().slice(0, 10);
    all.push(
      known.get(week) ?? { week, deployments: 0, changeFailureRate: null, leadTimeMs: null, restoreMs: null },
    );
  }
  return all;
}

/** Over the whole time: a mean a week, a rate of all deployments, and medians of the weeks' medians. */
export function summaryOf(weeks: readonly Week[]): Readonly<Record<Measure, number | null>> {
  const deployments = weeks.reduce((sum, week) => sum + week.deployments, 0);
  const failed = weeks.reduce((sum, week) => sum + (week.changeFailureRate ?? 0) * week.deployments, 0);
  return {
    deployments: weeks.length === 0 ? null : deployments / weeks.length,
    changeFailureRate: deployments === 0 ? null : failed / deployments,
    leadTimeMs: medianOf(weeks.map(({ leadTimeMs }) => leadTimeMs)),
    restoreMs: medianOf(weeks.map(({ restoreMs }) => restoreMs)),
  };
}

function medianOf(values: readonly (number | null)[]): number | null {
  const sorted = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : ((sorted[half - 1] ?? upper) + upper) / 2;
}

const HOUR_MS = 3_600_000;

/** A line a week, durations in hours, an empty cell for what was not measured. */
export function weeksAsCsv(weeks: readonly Week[]): string {
  const hours = (ms: number | null) => (ms === null ? '' : (ms / HOUR_MS).toFixed(2));
  const lines = weeks.map((one) =>
    [
      ...[one.week, one.deployments, one.changeFailureRate?.toFixed(4) ?? ''],
      ...[hours(one.leadTimeMs), hours(one.restoreMs)],
    ].join(','),
  );
  const head = 'week,deployments,change failure rate,lead time (h),time to restore (h)';
  return [head, ...lines, ''].join('\r\n');
}
