/** When the same thing happened too often to be chance (A3 row 9). */
import type { Instant, ItemId, RecordId } from '../../shared/index.ts';
import { BASELINE_WEEKS, baselineOf, scoreOf } from './control-chart.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

export const RECURRENCE = {
  /** This many of one key in so many days. */
  count: 3,
  days: 30,
  /** Standard deviations of a week above the mean of those before it. */
  score: 2,
  /** The part of resolved incidents that came back, of at least so many. */
  reopened: 0.2,
  leastReopened: 5,
  /** Major incidents of one item in so many days. */
  majors: 2,
  majorDays: 90,
} as const;

/** How long before now an incident may have been opened that a rule asks for, but for that of what came back. */
export const RECURRENCE_REACH_MS =
  Math.max(RECURRENCE.days, RECURRENCE.majorDays, 7 * (BASELINE_WEEKS + 1)) * DAY_MS;

/** Fewer of one key that came back are never too many, whatever was resolved. */
export const LEAST_CAME_BACK = Math.floor(RECURRENCE.reopened * RECURRENCE.leastReopened) + 1;

/** An incident as far as trends go by it. */
export interface TrendIncident {
  readonly id: RecordId;
  readonly openedAt: Instant;
  /** What makes it the same as another one: item or service, category, and what its words have in common. */
  readonly key: string;
  /** All that it is about: a major one counts with each of them. */
  readonly items: readonly ItemId[];
  readonly isMajor: boolean;
  /** Whether it was resolved at least once, and taken up again after. */
  readonly resolved: boolean;
  readonly reopened: boolean;
}

export const RECURRENCE_RULES = ['count', 'week', 'reopened', 'majors'] as const;
export type RecurrenceRule = (typeof RECURRENCE_RULES)[number];

export interface Recurrence {
  readonly rule: RecurrenceRule;
  /** The key of the incidents, or the item of major ones. */
  readonly of: string;
  /** Oldest first. */
  readonly evidence: readonly RecordId[];
}

/** What asks for a problem at `now`, by key in the order of first incidents, and by rule. */
export function recurrencesIn(incidents: readonly TrendIncident[], now: Instant): readonly Recurrence[] {
  const past = incidents
    .filter(({ openedAt }) => openedAt <= now)
    .toSorted((one, other) => one.openedAt - other.openedAt);
  const byKey = grouped(past, ({ key }) => [key]);
  const majors = past.filter(({ isMajor }) => isMajor);
  const byItem = grouped(majors, ({ items }) => items);
  return [
    ...[...byKey].flatMap(([key, own]) => ofKey(key, own, now)),
    ...[...byItem].flatMap(([item, own]) => {
      const late = since(own, now - RECURRENCE.majorDays * DAY_MS);
      return late.length >= RECURRENCE.majors ? [found('majors', item, late)] : [];
    }),
  ];
}

function ofKey(key: string, own: readonly TrendIncident[], now: Instant): readonly Recurrence[] {
  const late = since(own, now - RECURRENCE.days * DAY_MS);
  const week = since(own, now - WEEK_MS);
  const ended = own.filter(({ resolved }) => resolved);
  const back = ended.filter(({ reopened }) => reopened);
  return [
    ...(late.length >= RECURRENCE.count ? [found('count', key, late)] : []),
    ...(isHighWeek(own, now) ? [found('week', key, week)] : []),
    ...(ended.length >= RECURRENCE.leastReopened && back.length > RECURRENCE.reopened * ended.length
      ? [found('reopened', key, back)]
      : []),
  ];
}

/** Weeks count back from `now`, so that a week that has just begun is not held against whole ones. */
function isHighWeek(own: readonly TrendIncident[], now: Instant): boolean {
  const counts = Array.from({ length: BASELINE_WEEKS + 1 }, () => 0);
  for (const { openedAt } of own) {
    const at = counts.length - 1 - Math.floor((now - openedAt) / WEEK_MS);
    const count = counts[at];
    if (count !== undefined) counts[at] = count + 1;
  }
  const baseline = baselineOf(counts.slice(0, -1));
  return baseline !== null && scoreOf(counts.at(-1) ?? 0, baseline) > RECURRENCE.score;
}

function found(rule: RecurrenceRule, of: string, incidents: readonly TrendIncident[]): Recurrence {
  return { rule, of, evidence: incidents.map(({ id }) => id) };
}

function since(incidents: readonly TrendIncident[], from: Instant): readonly TrendIncident[] {
  return incidents.filter(({ openedAt }) => openedAt > from);
}

/** In each group that it belongs to. */
function grouped(
  incidents: readonly TrendIncident[],
  by: (incident: TrendIncident) => readonly string[],
): ReadonlyMap<string, readonly TrendIncident[]> {
  const groups = new Map<string, TrendIncident[]>();
  for (const incident of incidents) {
    for (const key of new Set(by(incident))) {
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [incident]);
      else group.push(incident);
    }
  }
  return groups;
}
