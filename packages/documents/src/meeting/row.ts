/** Meetings in short, on `board/meeting@n`: those to come, those that are held, and those of the last time. */
import { MEETING_STATES } from '@muster/domain/change';
import type { Meeting } from '@muster/domain/change';
import type { PersonId, RecordId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { fallback, flag, flat, id, list, oneOf, optional, since, text, whole } from '../codec.ts';
import { setEntry } from '../entries.ts';
import { KINDS } from '../kinds.ts';
import { isNonconforming, sift, versioned } from '../nonconforming.ts';
import type { Nonconforming } from '../nonconforming.ts';

/** A meeting as lists show it. */
export interface MeetingRow extends Pick<
  Meeting,
  | 'id'
  | 'board'
  | 'state'
  | 'beginsAt'
  | 'endsAt'
  | 'adHoc'
  | 'itemMinutes'
  | 'invited'
  | 'chair'
  | 'openedAt'
  | 'closedAt'
  | 'reason'
  | 'version'
  | 'updatedAt'
> {
  /** Items of its agenda, and how many of them have a decision. */
  readonly items: number;
  readonly decided: number;
}

const person = id<PersonId>();

/** What most meetings lack stands last. Instants count from when it begins. */
export const meetingRow = versioned(
  1,
  flat<Omit<MeetingRow, 'id'>>(
    {
      beginsAt: whole,
      endsAt: since,
      board: id<RecordId>(),
      state: oneOf(MEETING_STATES),
      version: whole,
      updatedAt: since,
      itemMinutes: whole,
      invited: list(person),
      items: whole,
      decided: whole,
      chair: optional(person),
      openedAt: optional(since),
      closedAt: optional(since),
      reason: optional(text),
      adHoc: fallback(flag, false),
    },
    'beginsAt',
  ),
);

/** What the board shows of a meeting. */
export function rowOfMeeting(meeting: Meeting): MeetingRow {
  const { agenda, attendance, current, plannedBy, heldAs, ...shown } = meeting;
  void [attendance, current, plannedBy, heldAs];
  return {
    ...shown,
    items: agenda.length,
    decided: agenda.filter(({ decision }) => decision !== null).length,
  };
}

/** Stamps a new board of meetings with its layout version. */
export function seedMeetingBoard(doc: Y.Doc): void {
  doc.getMap('meta').set('layout', KINDS['meeting-board'].layout);
}

/** The server alone writes, with the client id of the board's epoch; but what says something else than what stands. */
export function writeMeetingRow(doc: Y.Doc, row: MeetingRow): void {
  setEntry(doc.getMap('rows'), row.id, meetingRow.encode(row));
}

export function removeMeetingRow(doc: Y.Doc, meeting: RecordId): void {
  doc.getMap('rows').delete(meeting);
}

/** The row of one meeting; null when it is not on the board. */
export function readMeetingRow(doc: Y.Doc, meeting: RecordId): MeetingRow | Nonconforming | null {
  const stored = doc.getMap('rows').get(meeting);
  if (stored === undefined) return null;
  const row = meetingRow.decode(meeting, stored);
  return isNonconforming(row) ? row : { id: meeting, ...row };
}

/** All meetings of a board, in no order. Rows of another version or shape are set aside. */
export function readMeetingRows(doc: Y.Doc): {
  readonly meetings: readonly MeetingRow[];
  readonly nonconforming: readonly Nonconforming[];
} {
  const rows = [...doc.getMap('rows').keys()].flatMap((key) => readMeetingRow(doc, key as RecordId) ?? []);
  const { conforming, nonconforming } = sift(rows);
  return { meetings: conforming, nonconforming };
}
