/** When a board meets next: dates that it has, and meetings that were planned. */
import { nextOccurrences } from '@muster/domain/change';
import type { MeetingBoard } from '@muster/domain/change';
import type { MeetingRow } from '#lib/live/meeting/live-meetings.ts';

export interface BoardDate {
  readonly from: number;
  readonly to: number;
  /** Null for a date that nobody has planned yet. */
  readonly meeting: MeetingRow | null;
}

/** The meetings that are planned, also those whose time has come, and the next dates that are not. */
export function datesOf(
  board: MeetingBoard,
  meetings: readonly MeetingRow[],
  now: number,
  count: number,
): readonly BoardDate[] {
  const planned = meetings.filter((row) => row.board === board.id && row.state === 'planned');
  const taken = new Set(
    meetings
      .filter((row) => row.board === board.id && row.state !== 'called_off')
      .map(({ beginsAt }) => beginsAt),
  );
  const open = nextOccurrences(board, now, count)
    .filter(({ from }) => !taken.has(from))
    .map(({ from, to }) => ({ from, to, meeting: null }));
  return [
    ...planned.map((meeting) => ({ from: meeting.beginsAt, to: meeting.endsAt, meeting })),
    ...open,
  ].toSorted((a, b) => a.from - b.from);
}

/** What a board held, and what was called off, the last first. */
export function pastOf(board: MeetingBoard, meetings: readonly MeetingRow[]): readonly MeetingRow[] {
  return meetings
    .filter((row) => row.board === board.id && (row.state === 'closed' || row.state === 'called_off'))
    .toSorted((a, b) => (b.closedAt ?? b.beginsAt) - (a.closedAt ?? a.beginsAt));
}
