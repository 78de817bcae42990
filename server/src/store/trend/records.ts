import { sql } from 'kysely';
import type { RawBuilder, SqlBool } from 'kysely';
import { clampLimit, decodeCursor, encodeCursor } from '../query/page.ts';
import { CAUSED } from './caused.ts';
import { counted, isOf } from './counted.ts';
import type { Asker, TrendRecords } from './counted.ts';
import { NAMED, namedOf } from './evidence.ts';
import { beyondBars } from './pareto.ts';
import type { Answered, Asked } from './questions.ts';
import { restOf } from './rest-of.ts';
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
  const limit = clampLimit(asked.limit);
  const { rows, hasMore } = await pageOf(asker, asked, limit);
  const records = rows.map(namedOf);
  const last = records.at(-1);
  return {
    records,
    next: hasMore && last !== undefined ? encodeCursor({ updatedAt: last.createdAt, id: last.id }) : null,
  };
}

async function pageOf(asker: Asker, asked: Asked<'records'>, limit: number) {
  const { ids, rest, others } = asked;
  const narrowed = narrowedTo(asker, asked);
  const query = others === undefined ? narrowed : narrowed.where(await beyondBars(asker, asked, others));
  const page = async (only: readonly string[] | undefined) => {
    const rows = await (only === undefined ? query : query.where(isOneOf(only)))
      .select(NAMED)
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit + 1)
      .execute();
    return { rows: rows.slice(0, limit), hasMore: rows.length > limit };
  };
  const own = await page(ids);
  if (ids === undefined || rest === undefined || own.hasMore) return own;
  // finding the rest takes long: not before somebody asks for what comes after a whole page
  if (own.rows.length === limit) return { ...own, hasMore: true };
  return await page([...ids, ...(await restOf(asker, asked, rest, ids))]);
}

const isOneOf = (ids: readonly string[]): RawBuilder<SqlBool> =>
  sql`id in (select value from json_each(${JSON.stringify(ids)}))`;

function narrowedTo(asker: Asker, asked: Asked<'records'>): TrendRecords {
  const { cursor, cause, weekday, hour, zone, resolution, caller } = asked;
  let query = counted(asker, asked);
  if (cause !== undefined) query = query.where(isCausedBy(cause));
  if (resolution !== undefined) query = query.where(isOf('resolution', resolution));
  if (caller !== undefined) query = query.where(isOf('requester', caller));
  if (weekday !== undefined || hour !== undefined) {
    const wall = wallTime(shiftsOf(zone, asked.from ?? EPOCH, Math.min(asked.to ?? asker.now, asker.now)));
    if (weekday !== undefined) query = query.where(weekdayOf(wall), '=', weekday);
    if (hour !== undefined) query = query.where(hourOf(wall), '=', hour);
  }
  const place = decodeCursor(cursor);
  return place === null
    ? query
    : query.where(sql<SqlBool>`(created_at, id) < (${place.updatedAt}, ${place.id})`);
}
