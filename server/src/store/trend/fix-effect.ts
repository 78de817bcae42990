import { EFFECT_DAYS, effectOf } from '@muster/domain/problem';
import { counted } from './counted.ts';
import type { Asker } from './counted.ts';
import type { Answered, Asked } from './questions.ts';
import { DAY_MS } from './zone-time.ts';

/** What came in the 30 days before a fix and in those after it (PRB-23). */
export async function answerFixEffect(
  asker: Asker,
  asked: Asked<'fixEffect'>,
): Promise<Answered<'fixEffect'>> {
  const { fixedAt, ...filter } = asked;
  const span = { from: fixedAt - EFFECT_DAYS * DAY_MS, to: fixedAt + EFFECT_DAYS * DAY_MS };
  const rows = await counted(asker, { ...filter, ...span })
    .select('created_at')
    .orderBy('created_at')
    .execute();
  const openings = rows.map((row) => row.created_at);
  const days = Array.from({ length: 2 * EFFECT_DAYS }, (_, at) => ({
    from: span.from + at * DAY_MS,
    to: span.from + (at + 1) * DAY_MS,
    count: 0,
  }));
  for (const at of openings) {
    const day = days[Math.floor((at - span.from) / DAY_MS)];
    if (day !== undefined) day.count += 1;
  }
  const { now } = asker;
  return { ...effectOf(fixedAt, openings, now), fixedAt, days: days.filter(({ from }) => from <= now) };
}
