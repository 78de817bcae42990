import type { MajorMetric } from '@muster/domain/incident';
import { monthAndYear } from '#lib/ui/time.ts';

interface MetricWords {
  /** As incident management abbreviates the mean. */
  readonly short: string;
  readonly title: string;
  /** What is counted, in one sentence. */
  readonly means: string;
}

export const METRIC_WORDS: Readonly<Record<MajorMetric, MetricWords>> = {
  detect: {
    short: 'MTTD',
    title: 'Time to detect',
    means: 'From opening the incident to proposing or declaring it a major one.',
  },
  acknowledge: {
    short: 'MTTA',
    title: 'Time to acknowledge',
    means: 'From the proposal to acceptance, when somebody took the command.',
  },
  mitigate: {
    short: 'MTTM',
    title: 'Time to mitigate',
    means: 'From opening to monitoring, when the service was back and stayed so.',
  },
  resolve: {
    short: 'MTTR',
    title: 'Time to resolve',
    means: 'From opening to resolved, when it stayed so.',
  },
};

/** Fifty years. */
const MOST_MONTHS = 600;

/** `2026-06`, in the zone of this device. */
export function monthOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}`;
}

/** Every month from the first to the last that is named, so that none without incidents is passed over. */
export function monthsThrough(first: string, last: string): readonly string[] {
  const [year = 0, number = 1] = first.split('-').map(Number);
  const months: string[] = [];
  for (let index = 0; months.at(-1) !== last && index < MOST_MONTHS; index += 1) {
    months.push(monthOf(new Date(year, number - 1 + index, 1).getTime()));
  }
  return months;
}

/** `Jun 2026` of `2026-06`. */
export function monthWords(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return monthAndYear(new Date(year, number - 1, 1).getTime());
}
