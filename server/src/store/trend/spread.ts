/** How records spread over the hours of a week, and over the weeks (PRB-21, PRB-27). */
import { BASELINE_WEEKS, controlChart } from '@muster/domain/problem';
import { sql } from 'kysely';
import { counted } from './counted.ts';
import type { Asker } from './counted.ts';
import type { Answered, Asked, TrendFilter } from './questions.ts';
import { beginOfWeek, hourOf, shiftsOf, wallTime, weekAt, weekOf, weekdayOf } from './zone-time.ts';

/** Twenty years. */
const MOST_WEEKS = 1_040;

export async function answerHeatMap(asker: Asker, asked: Asked<'heatMap'>): Promise<Answered<'heatMap'>> {
  const hours = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  const span = await spanOf(asker, asked);
  if (span === null) return { hours };
  const wall = wallTime(shiftsOf(asked.zone, span.first, span.last));
  const rows = await counted(asker, asked)
    .select([weekdayOf(wall).as('weekday'), hourOf(wall).as('hour'), sql<number>`count(*)`.as('count')])
    .groupBy(['weekday', 'hour'])
    .execute();
  for (const { weekday, hour, count } of rows) {
    const row = hours[weekday];
    if (row !== undefined) row[hour] = count;
  }
  return { hours };
}

/**
 * Weeks from the first record of the span to the end of the span. Those before it count as what each week is held
 * against, as far back as there are records.
 */
export async function answerWeeks(asker: Asker, asked: Asked<'weeks'>): Promise<Answered<'weeks'>> {
  const { from, zone, ...since } = asked;
  const ever = await spanOf(asker, since);
  if (ever === null) return { weeks: [], more: false };
  const end = Math.min(asked.to ?? asker.now, asker.now);
  const [earliest, last] = [weekAt(ever.first, zone), weekAt(Math.max(end - 1, ever.first), zone)];
  const wanted = from === undefined ? earliest : Math.max(earliest, weekAt(from, zone));
  const first = Math.max(wanted, last - MOST_WEEKS + 1);
  const loaded = Math.max(earliest, first - BASELINE_WEEKS);
  const begin = beginOfWeek(loaded, zone).at;
  const wall = wallTime(shiftsOf(zone, begin, Math.max(begin, ever.last)));
  const rows = await counted(asker, { ...since, from: begin })
    .select([weekOf(wall).as('week'), sql<number>`count(*)`.as('count')])
    .groupBy('week')
    .execute();
  const byWeek = new Map(rows.map(({ week, count }) => [week, count]));
  const counts = Array.from(
    { length: Math.max(0, last - loaded + 1) },
    (_, at) => byWeek.get(loaded + at) ?? 0,
  );
  const weeks = controlChart(counts).map(({ count, baseline, lower, upper, isOut }, at) => {
    const [own, following] = [beginOfWeek(loaded + at, zone), beginOfWeek(loaded + at + 1, zone)];
    const isWhole = following.at <= end;
    const place = { week: own.monday, from: own.at, to: following.at, count, isWhole };
    return { ...place, mean: baseline?.mean ?? null, lower, upper, isOut: isOut && isWhole };
  });
  return { weeks: weeks.slice(first - loaded), more: first > wanted };
}

/** When the first and the last record of a filter were opened; null where there is none. */
async function spanOf(
  asker: Asker,
  filter: TrendFilter,
): Promise<{ readonly first: number; readonly last: number } | null> {
  const { first, last } = await counted(asker, filter)
    .select([sql<number | null>`min(created_at)`.as('first'), sql<number | null>`max(created_at)`.as('last')])
    .executeTakeFirstOrThrow();
  return first === null || last === null ? null : { first, last };
}
