/** What meetings of change boards are shown in, made from SQL: their board, their documents, their histories. */
import { rowOfMeeting, seedMeetingBoard, writeMeeting, writeMeetingRow } from '@muster/documents/meeting';
import type { RecordId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { MEETING_STAYS_MS, meetingOf } from '../../meetings.ts';
import type { Statements } from '../statements.ts';

/** Lets meetings go that have been over for long, and tells what fills a new board with those that stay. */
export function meetingBoardContent(statements: Statements, now: number): (doc: Y.Doc) => void {
  statements
    .prepare(
      `update change_meeting set live = 0
       where live = 1 and state in ('closed', 'called_off') and updated_at < ?`,
    )
    .run(now - MEETING_STAYS_MS);
  const rows = statements.prepare('select data from change_meeting where live = 1 order by id').all() as {
    data: string;
  }[];
  return (doc) => {
    seedMeetingBoard(doc);
    for (const row of rows) writeMeetingRow(doc, rowOfMeeting(meetingOf(row)));
  };
}

/** Whether an id is that of a meeting, or of a board, which has a history alone. */
export function meetingKindOf(statements: Statements, id: RecordId): 'meeting' | 'board' | null {
  const row = statements
    .prepare(
      `select 'meeting' as kind from change_meeting where id = ? union all
       select 'board' from change_board where id = ?`,
    )
    .get(id, id) as { kind: 'meeting' | 'board' } | undefined;
  return row?.kind ?? null;
}

/** A meeting whole, as its document begins. */
export function meetingContent(statements: Statements, id: RecordId): (doc: Y.Doc) => void {
  const row = statements.prepare('select data from change_meeting where id = ?').get(id) as { data: string };
  return (doc) => writeMeeting(doc, meetingOf(row));
}
