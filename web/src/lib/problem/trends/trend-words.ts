import { EFFECT_DAYS } from '@muster/domain/problem';
import type { RecurrenceRule } from '@muster/domain/problem';
import { dayOfMonth } from '#lib/ui/time.ts';
import type { ParetoBy, TrendView } from './trend-address.ts';
import type { Cluster, FixAnswer, Recurrence } from './trend-answers.ts';

export const VIEW_WORDS: Readonly<Record<TrendView, string>> = {
  pareto: 'Pareto',
  hours: 'Weekday and hour',
  weeks: 'Weeks',
  recurrences: 'Recurrences',
  clusters: 'Alike',
  fix: 'Effect of a fix',
};

export const VIEW_LEADS: Readonly<Record<TrendView, string>> = {
  pareto: 'The few groups that make 80 % of all: what to look at first.',
  hours: 'When they are opened, on the clocks of this device.',
  weeks:
    'Each week is held against up to twelve before it. One that lies more than three standard deviations from ' +
    'their mean is out of control.',
  recurrences: 'The same thing, too often to be chance. Each is worth a look, and most of them a problem.',
  clusters: 'Three and more whose words and fields say nearly the same.',
  fix:
    'The 30 days before a fix and those after it. There is no verdict before they are over. ' +
    'Days begin at the hour of the fix.',
};

export const BY_WORDS: Readonly<Record<ParetoBy, string>> = {
  service: 'Service',
  category: 'Category',
  item: 'Configuration item',
  cause: 'Cause',
  team: 'Team',
  resolution: 'Resolution',
  caller: 'Caller',
};

export const SPAN_WORDS = { '30': '30 days', '90': '90 days', '365': 'A year', '': 'All there is' } as const;

export const RULE_WORDS: Readonly<Record<RecurrenceRule, string>> = {
  count: 'Three or more in 30 days',
  week: 'Far more this week than in the twelve before',
  reopened: 'More than a fifth came back after they were resolved',
  majors: 'Two major incidents in 90 days',
};

const VERDICT_WORDS: Readonly<Record<NonNullable<FixAnswer['verdict']>, string>> = {
  gone: 'None came since: it is gone',
  fewer: 'Fewer than before',
  'as-before': 'As many as before: it did not help',
  more: 'More than before: it did not help',
};

export function verdictWords({ verdict, daysOver, before }: FixAnswer): string {
  if (before.count === 0) return 'No verdict: none came before it, there is nothing to compare with';
  if (verdict !== null) return VERDICT_WORDS[verdict];
  return `No verdict yet: ${EFFECT_DAYS - daysOver} more days to go`;
}

export const WEEKDAYS = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
] as const;

/** `1 record`, `2 records`. */
export const counted = (count: number): string => `${count} ${count === 1 ? 'record' : 'records'}`;

/**
 * What a cluster rests on, in one sentence: the evidence of a problem that is opened from it. The items stand in the
 * problem by themselves, for those who may read them.
 */
export function clusterEvidence({ words, fields, evidence, first, last }: Cluster): string {
  const shared = [
    ...words.map(({ word, count }) => `“${word}” (${count})`),
    ...fields.flatMap(({ field, name, count }) => (field === 'item' ? [] : [`${field} ${name} (${count})`])),
  ].join(', ');
  return `${counted(evidence.count)} alike, ${dayOfMonth(first)} to ${dayOfMonth(last)}: ${shared}.`;
}

export function recurrenceEvidence({ rules, evidence, serviceName, category }: Recurrence): string {
  const about = [serviceName, category].filter((name) => name !== null).join(', ');
  const why = rules.map((rule) => RULE_WORDS[rule]).join('; ');
  return `${why}: ${counted(evidence.count)}${about === '' ? '' : ` (${about})`}.`;
}
