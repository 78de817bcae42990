/** Every change board and meeting against its events and its columns, and the documents that show meetings. */
import { readMeeting, readMeetingRows, rowOfMeeting } from '@muster/documents/meeting';
import type { MeetingRow } from '@muster/documents/meeting';
import { evolveBoard, evolveMeeting } from '@muster/domain/change';
import type { BoardEvent, Meeting, MeetingBoard, MeetingEvent } from '@muster/domain/change';
import { recordId } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import type { Selectable } from 'kysely';
import type * as Y from 'yjs';
import { canonicalJson } from '../../canonical-json.ts';
import { boardColumns, boardOf, meetingColumns, meetingOf } from '../../meetings.ts';
import type { ChangeBoardTable, ChangeMeetingTable } from '../../schema-meetings.ts';
import type { Statements } from '../statements.ts';
import { historyOf } from './changes.ts';
import { compareWithEvents, compareWithRows } from './compare.ts';
import { differenceOf } from './difference.ts';
import type { Findings } from './findings.ts';
import { readable } from './readable.ts';

/** How many meetings there are. */
export function verifyMeetings(statements: Statements, findings: Findings): number {
  verifyBoards(statements, findings);
  const rows = statements.prepare('select * from change_meeting order by id').all();
  for (const row of rows as Selectable<ChangeMeetingTable>[]) {
    const name = `meeting ${row.id}`;
    const unreadable = () => findings.add('meeting', `${name} cannot be read`);
    const [meeting] = readable([row], meetingOf, unreadable);
    const recorded = historyOf<MeetingEvent>(statements, row.id, unreadable);
    if (meeting === undefined || recorded === null) continue;
    const folded = recorded.reduce<Meeting | null>(
      (state, { event, actor, at }) => evolveMeeting(state, event, { actor, at }, recordId(row.id)),
      null,
    );
    compareWithEvents(findings, 'meeting', name, {
      ...{ row, stored: meeting, folded, columns: meetingColumns(meeting) },
      isOver: meeting.state !== 'planned' && meeting.state !== 'live',
    });
  }
  return rows.length;
}

function verifyBoards(statements: Statements, findings: Findings): void {
  const rows = statements.prepare('select * from change_board order by id').all();
  for (const row of rows as Selectable<ChangeBoardTable>[]) {
    const name = `change board ${row.id}`;
    const unreadable = () => findings.add('board', `${name} cannot be read`);
    const [board] = readable([row], boardOf, unreadable);
    const recorded = historyOf<BoardEvent>(statements, row.id, unreadable);
    if (board === undefined || recorded === null) continue;
    const folded = recorded.reduce<MeetingBoard | null>(
      (state, { event, at }) => evolveBoard(state, event, { at }, recordId(row.id)),
      null,
    );
    if (canonicalJson(folded) !== canonicalJson(board))
      findings.add('board', `${name} is not what its events say`);
    const column = differenceOf(row, boardColumns(board));
    if (column !== null) findings.add('board', `${name} has another ${column}`);
  }
}

/** The board shows each meeting that is on it, as it is, and no other. */
export function compareMeetingBoard(
  statements: Statements,
  findings: Findings,
  board: string,
  doc: Y.Doc,
): void {
  const { meetings, nonconforming } = readMeetingRows(doc);
  for (const { path, reason } of nonconforming) findings.add('meeting board', `${board} ${path}: ${reason}`);
  const rows = statements.prepare('select data from change_meeting where live = 1').all() as {
    data: string;
  }[];
  const expected = readable(rows, meetingOf, () => undefined).map(rowOfMeeting);
  compareWithRows<MeetingRow>(findings, 'meeting board', board, meetings, expected);
}

/** The document of a meeting is the meeting. */
export function compareMeeting(
  statements: Statements,
  findings: Findings,
  name: { readonly raw: string; readonly id: RecordId },
  doc: Y.Doc,
): void {
  const { meeting, nonconforming } = readMeeting(doc, name.id);
  for (const { path, reason } of nonconforming)
    findings.add('meeting document', `${name.raw} ${path}: ${reason}`);
  const row = statements.prepare('select data from change_meeting where id = ?').get(name.id) as
    { data: string } | undefined;
  const [stored] = readable(row === undefined ? [] : [row], meetingOf, () => undefined);
  if (stored === undefined) return;
  const items = doc.getMap('items').size;
  if (meeting === null || canonicalJson(meeting) !== canonicalJson(stored))
    findings.add('meeting document', `${name.raw} shows another meeting`);
  else if (items !== stored.agenda.length)
    findings.add(
      'meeting document',
      `${name.raw} holds ${items} items, and there are ${stored.agenda.length}`,
    );
}
