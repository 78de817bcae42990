/** Change boards and their meetings as they are kept. `change-board.<verb>` and `change-meeting.<verb>` write them. */
import type { Meeting, MeetingBoard, MeetingState } from '@muster/domain/change';
import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import type { Kysely, Selectable } from 'kysely';
import type { ChangeBoardTable, ChangeMeetingTable } from './schema-meetings.ts';
import type { Database } from './schema.ts';

export function boardOf({ data }: { readonly data: string }): MeetingBoard {
  return JSON.parse(data) as MeetingBoard;
}

export function meetingOf({ data }: { readonly data: string }): Meeting {
  return JSON.parse(data) as Meeting;
}

export function boardColumns(board: MeetingBoard): Omit<Selectable<ChangeBoardTable>, 'id'> {
  const { version, retired, updatedAt } = board;
  return { version, retired: retired ? 1 : 0, updated_at: updatedAt, data: JSON.stringify(board) };
}

export function meetingColumns(meeting: Meeting): Omit<Selectable<ChangeMeetingTable>, 'id' | 'live'> {
  return {
    board: meeting.board,
    version: meeting.version,
    state: meeting.state,
    begins_at: meeting.beginsAt,
    ends_at: meeting.endsAt,
    closed_at: meeting.closedAt,
    updated_at: meeting.updatedAt,
    data: JSON.stringify(meeting),
  };
}

/** How long a meeting that is over stays on the board of meetings; it leaves with the board's next epoch. */
export const MEETING_STAYS_MS = 90 * 24 * 60 * 60 * 1000;

/** All boards, retired ones too, in the order of their ids. */
export async function readBoards(db: Kysely<Database>): Promise<ReadonlyMap<RecordId, MeetingBoard>> {
  const rows = await db.selectFrom('change_board').select(['id', 'data']).orderBy('id').execute();
  return new Map(rows.map((row) => [recordId(row.id), boardOf(row)]));
}

/** Meetings in a state whose end is past, the longest ago first. */
export function meetingsEnded(db: Kysely<Database>, state: MeetingState, now: number) {
  return db
    .selectFrom('change_meeting')
    .select('data')
    .where('state', '=', state)
    .where('ends_at', '<', now)
    .orderBy('ends_at');
}
