import { canReadChanges } from '@muster/domain/change';
import type { Meeting, MeetingEvent } from '@muster/domain/change';
import type { Actor, RecordId, Recorded } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { recordedOf } from '../../commands/events.ts';
import { meetingOf } from '../meetings.ts';
import type { Database } from '../schema.ts';
import { clampLimit, decodeCursor, pageOf } from './page.ts';
import type { Page } from './page.ts';

/** What a list of meetings may be narrowed by; what is left out does not narrow. */
export interface MeetingFilter {
  readonly board?: string;
  readonly state?: string;
  /** Those that overlap a stretch. */
  readonly from?: number;
  readonly to?: number;
}

/** Meetings, newest change first, those of long ago too; none for whoever may not read changes. */
export async function listMeetings(
  db: Kysely<Database>,
  actor: Actor,
  { from, to, ...columns }: MeetingFilter,
  cursor: string | null,
  limit: number,
): Promise<Page<{ readonly record: Meeting }>> {
  if (!canReadChanges(actor)) return { items: [], next: null };
  const size = clampLimit(limit);
  const place = decodeCursor(cursor);
  let query = db
    .selectFrom('change_meeting')
    .select('data')
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1);
  if (place !== null) query = query.where(sql<boolean>`(updated_at, id) < (${place.updatedAt}, ${place.id})`);
  for (const column of ['board', 'state'] as const) {
    const value = columns[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  if (from !== undefined) query = query.where('ends_at', '>', from);
  if (to !== undefined) query = query.where('begins_at', '<', to);
  const rows = await query.execute();
  return pageOf(
    rows.map((row) => ({ record: meetingOf(row) })),
    size,
  );
}

/** A meeting and its history; null for what is not there and for whoever may not read changes. */
export async function readMeetingRecord(
  db: Kysely<Database>,
  actor: Actor,
  id: RecordId,
): Promise<{ readonly meeting: Meeting; readonly events: readonly Recorded<MeetingEvent>[] } | null> {
  if (!canReadChanges(actor)) return null;
  const row = await db.selectFrom('change_meeting').select('data').where('id', '=', id).executeTakeFirst();
  if (row === undefined) return null;
  const meeting = meetingOf(row);
  const rows = await db
    .selectFrom('event')
    .selectAll()
    .where('record', '=', id)
    .where('version', '<=', meeting.version)
    .orderBy('version')
    .execute();
  return { meeting, events: rows.map((each) => recordedOf<MeetingEvent>(each)) };
}
