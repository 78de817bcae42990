/** On-call schedules as they are kept. The commands `schedule.<verb>` write them. */
import { scheduleId } from '@muster/domain/shared';
import type { Schedule, ScheduleId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { Database } from './schema.ts';

/** Those that are there, by id; removed ones are known by their commands alone. */
export async function readSchedules(db: Kysely<Database>): Promise<ReadonlyMap<ScheduleId, Schedule>> {
  const rows = await db
    .selectFrom('schedule')
    .select(['id', 'data'])
    .where('removed_at', 'is', null)
    .orderBy('id')
    .execute();
  return new Map(rows.map((row) => [scheduleId(row.id), scheduleOf(row)]));
}

export function scheduleOf({ data }: { readonly data: string }): Schedule {
  return JSON.parse(data) as Schedule;
}
