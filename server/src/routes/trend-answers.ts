/** Trends as they are told: each figure with the address of the records behind it, and the same as a table. */
import { EFFECT_DAYS } from '@muster/domain/problem';
import type { z } from 'zod';
import type { Answered, Asked, Evidence, FoundKind, TrendKind } from '../store/trend/questions.ts';
import type { Cell } from './csv.ts';
import type { answers } from './trend-schemas.ts';

export type Told<Kind extends TrendKind> = z.input<(typeof answers)[Kind]>;
type Table = readonly (readonly Cell[])[];

/** How a kind of trend is told. */
export interface Telling<Kind extends TrendKind> {
  /** What is asked where the answer becomes a table; the same where it is left out. */
  readonly forTable?: (asked: Asked<Kind>) => Asked<Kind>;
  readonly tell: (asked: Asked<Kind>, answer: Answered<Kind>) => Told<Kind>;
  readonly table: (told: Told<Kind>) => Table;
}

const NARROWS_NOTHING: ReadonlySet<string> = new Set(['by', 'fixedAt', 'isTable']);

/** The address of records, by what they were narrowed by and more. */
function recordsBy(...narrowed: readonly object[]): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(Object.assign({}, ...narrowed) as object)) {
    if (value !== undefined && !NARROWS_NOTHING.has(name)) query.set(name, String(value));
  }
  return `/api/trends/records?${query.toString()}`;
}

/** Of more ids an address grows longer than what stands between browser and server lets through. */
const MOST_IN_ADDRESS = 150;

/**
 * Ids alone name them: what narrowed the trend narrowed them. Of very many the newest, and how the rest is found, as of
 * the instant up to which they were (PRB-85).
 */
function recordsOf(
  rest: FoundKind,
  asked: Asked<FoundKind>,
  { count, ids }: Evidence,
  until: number,
): string {
  const named = { ids: ids.slice(0, MOST_IN_ADDRESS).join(',') };
  return count <= MOST_IN_ADDRESS
    ? recordsBy({ process: asked.process }, named)
    : recordsBy(asked, { to: until, rest }, named);
}

const evidence = ({ count, ids, linkable, records }: Evidence) => ({
  ...{ count, ids: [...ids], linkable: [...linkable], records: [...records] },
});
const iso = (at: number): string => new Date(at).toISOString();
const rounded = (value: number | null): number | null => (value === null ? null : Number(value.toFixed(2)));
const numbersOf = ({ records }: { records: readonly { number: string | null; id: string }[] }): string =>
  records.map(({ number, id }) => number ?? id).join(' ');

/** What narrows to a group; items that all were asked to be about stand beside that of the group. */
const groupOf = ({ by, item }: Asked<'pareto'>, group: string) => ({
  [by]: by === 'item' && item !== undefined && item !== '' ? `${item},${group}` : group,
});

const pareto: Telling<'pareto'> = {
  forTable: (asked) => ({ ...asked, isTable: true }),
  tell: (asked, { bars, others, without }) => ({
    bars: bars.map((bar) => ({ ...bar, records: recordsBy(asked, groupOf(asked, bar.group)) })),
    others: { ...others, records: recordsBy(asked, { others: asked.by }) },
    without: { count: without, records: recordsBy(asked, { [asked.by]: '' }) },
  }),
  table: ({ bars, without }) => [
    ['name', 'count', 'cumulative', 'vital', 'id'],
    ...bars.map(({ name, count, cumulative, isVital, group }) => [
      ...[name, count, rounded(cumulative), isVital ? 'yes' : 'no', group],
    ]),
    ['(none)', without.count, null, null, null],
  ],
};

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

const heatMap: Telling<'heatMap'> = {
  tell: (asked, { hours }) => ({
    hours: hours.map((row, weekday) =>
      row.map((count, hour) => ({ count, records: recordsBy(asked, { weekday, hour }) })),
    ),
  }),
  table: ({ hours }) => [
    ['weekday', ...Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`)],
    ...hours.map((row, weekday) => [WEEKDAYS[weekday] ?? '', ...row.map(({ count }) => count)]),
  ],
};

const weeks: Telling<'weeks'> = {
  tell: (asked, { weeks: all, more }) => ({
    more,
    weeks: all.map((week) => ({
      ...week,
      records: recordsBy(asked, {
        // a week counts whole, also where the span begins within it
        from: week.from,
        to: Math.min(week.to, asked.to ?? week.to),
      }),
    })),
  }),
  table: ({ weeks: all }) => [
    ['week', 'count', 'mean', 'lower', 'upper', 'out_of_control', 'whole'],
    ...all.map(({ week, count, mean, lower, upper, isOut, isWhole }) => [
      ...[week, count, rounded(mean), rounded(lower), rounded(upper)],
      ...[isOut ? 'yes' : 'no', isWhole ? 'yes' : 'no'],
    ]),
  ],
};

const recurrences: Telling<'recurrences'> = {
  tell: (asked, { recurrences: all, more, at }) => ({
    ...{ more, at },
    recurrences: all.map((one) => ({
      ...one,
      rules: [...one.rules],
      items: [...one.items],
      about: [...one.about],
      evidence: evidence(one.evidence),
      // of the very end of the span, too
      records: recordsOf('recurrences', asked, one.evidence, Math.min(asked.to ?? Infinity, at + 1)),
    })),
  }),
  table: ({ recurrences: all }) => [
    ['title', 'rules', 'service', 'category', 'items', 'count', 'newest'],
    ...all.map(({ title, rules, serviceName, category, items, evidence: own }) => [
      ...[title, rules.join(' '), serviceName, category],
      items.map(({ name, count }) => `${name} (${count})`).join(', '),
      ...[own.count, numbersOf(own)],
    ]),
  ],
};

const clusters: Telling<'clusters'> = {
  tell: (asked, { clusters: all, more, seen, unseen, until }) => ({
    ...{ more, seen, unseen },
    clusters: all.map((one) => ({
      ...one,
      words: [...one.words],
      fields: [...one.fields],
      about: [...one.about],
      evidence: evidence(one.evidence),
      records: recordsOf('clusters', asked, one.evidence, until),
    })),
  }),
  table: ({ clusters: all }) => [
    ['title', 'count', 'first', 'last', 'words', 'shared', 'newest'],
    ...all.map(({ title, evidence: own, first, last, words, fields }) => [
      ...[title, own.count, iso(first), iso(last)],
      words.map(({ word, count }) => `${word} (${count})`).join(', '),
      fields.map(({ field, name, count }) => `${field} ${name} (${count})`).join(', '),
      numbersOf(own),
    ]),
  ],
};

const DAY_MS = 86_400_000;

const fixEffect: Telling<'fixEffect'> = {
  tell: (asked, { days, before, after, fixedAt, daysOver, verdict }) => {
    const span = EFFECT_DAYS * DAY_MS;
    return {
      ...{ fixedAt, daysOver, verdict },
      before: { count: before, records: recordsBy(asked, { from: fixedAt - span, to: fixedAt }) },
      after: { count: after, records: recordsBy(asked, { from: fixedAt, to: fixedAt + span }) },
      days: days.map((day) => ({ ...day, records: recordsBy(asked, { from: day.from, to: day.to }) })),
    };
  },
  table: ({ days, fixedAt }) => [
    ['from', 'count', 'side'],
    ...days.map(({ from, count }) => [iso(from), count, from < fixedAt ? 'before' : 'after']),
  ],
};

export const TELLING = { pareto, heatMap, weeks, recurrences, clusters, fixEffect };
export type TellingKind = keyof typeof TELLING;
