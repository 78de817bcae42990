import { sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';
import { clampLimit, decodeCursor, encodeCursor } from '../query/page.ts';
import { CAUSED } from './caused.ts';
import { counted, isOf } from './counted.ts';
import type { Asker } from './counted.ts';
import { NAMED, namedOf } from './evidence.ts';
import { beyondBars } from './pareto.ts';
import type { Answered, Asked } from './questions.ts';
import { hourOf, shiftsOf, wallTime, weekdayOf } from './zone-time.ts';

/** No record is older. */
const EPOCH = 0;

/** Behind which a problem stands; an empty word is those behind which none does. */
function isCausedBy(cause: string): RawBuilder<SqlBool> {
  return cause === ''
    ? sql`record.id not in (select incident from ${CAUSED})`
    : sql`record.id in (select incident from ${CAUSED} where problem = ${cause})`;
}

/** The records behind a figure, newest first: what counts there and nothing else. */
export async function answerRecords(asker: Asker, asked: Asked<'records'>): Promise<Answered<'records'>> {
  const { cursor, ids, cause, weekday, hour, zone, resolution, caller, others } = asked;
  const limit = clampLimit(asked.limit);
  let query = counted(asker, asked);
  if (ids !== undefined)
    query = query.where(sql<boolean>`id in (select value from json_each(${JSON.stringify(ids)}))`);
  if (cause !== undefined) query = query.where(isCausedBy(cause));
  if (resolution !== undefined) query = query.where(isOf('resolution', resolution));
  if (caller !== undefined) query = query.where(isOf('requester', caller));
  if (others !== undefined) query = query.where(await beyondBars(asker, asked, others));
  if (weekday !== undefined || hour !== undefined) {
    const wall = wallTime(shiftsOf(zone, asked.from ?? EPOCH, Math.min(asked.to ?? asker.now, asker.now)));
    if (weekday !== undefined) query = query.where(weekdayOf(wall), '=', weekday);
    if (hour !== undefined) query = query.where(hourOf(wall), '=', hour);
  }
  const place = decodeCursor(cursor);
  if (place !== null) query = query.where(sql<boolean>`(created_at, id) < (${place.updatedAt}, ${place.id})`);
  const rows = await query
    .select(NAMED)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  const records = rows.slice(0, limit).map(namedOf);
  const last = records.at(-1);
  const hasMore = rows.length > limit && last !== undefined;
  return { records, next: hasMore ? encodeCursor({ updatedAt: last.createdAt, id: last.id }) : null };
}
