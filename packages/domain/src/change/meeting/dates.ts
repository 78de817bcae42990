/** What the product does about the dates of a board by itself: nobody plans a recurring meeting by hand (CHG-102). */
import { SYSTEM } from '../../shared/index.ts';
import type { Instant } from '../../shared/index.ts';
import { dateAfter, dateAt } from './board.ts';
import type { MeetingBoard } from './board.ts';
import type { Meeting } from './meeting.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** How long ahead a date is planned. */
const PLANNED_AHEAD_MS = 14 * DAY_MS;

/** How long after its end a meeting may still be opened before the product calls it off. */
const UNOPENED_MS = DAY_MS;

/** How long after its end a meeting may still go on before the product closes it: the next one waits for what it leaves. */
const LEFT_OPEN_MS = DAY_MS;

export const WHY_CALLED_OFF = {
  unopened: 'Nobody opened it.',
  moved: 'The board meets at other times now.',
  retired: 'The board meets no more.',
} as const;

/** The next date of a board when it is to be planned; null for none within a fortnight. One at a time. */
export function dateToPlan(board: MeetingBoard, now: Instant): Instant | null {
  const next = dateAfter(board, now);
  return next === undefined || next.from > now + PLANNED_AHEAD_MS ? null : next.from;
}

/** Whether a meeting that is held was left without being closed, and is to be closed by now (CHG-103). */
export function isLeftOpen({ state, endsAt, openedAt }: Meeting, now: Instant): boolean {
  return state === 'live' && Math.max(endsAt, openedAt ?? 0) + LEFT_OPEN_MS <= now;
}

/** Why a meeting is to be called off by now; null for one that is not (CHG-102, CHG-103). */
export function whyCallOff(meeting: Meeting, board: MeetingBoard, now: Instant): string | null {
  if (meeting.state !== 'planned') return null;
  if (meeting.endsAt + UNOPENED_MS <= now) return WHY_CALLED_OFF.unopened;
  // what somebody planned is theirs to call off
  if (meeting.plannedBy !== SYSTEM || meeting.beginsAt <= now) return null;
  if (board.retired) return WHY_CALLED_OFF.retired;
  return dateAt(board, meeting.beginsAt) === undefined ? WHY_CALLED_OFF.moved : null;
}

/**
 * Whether a meeting was called off only because its board did not meet then: once the board does again, its date is
 * planned anew (CHG-102).
 */
export function mayComeAgain({ state, plannedBy, reason }: Meeting): boolean {
  return (
    state === 'called_off' &&
    plannedBy === SYSTEM &&
    (reason === WHY_CALLED_OFF.moved || reason === WHY_CALLED_OFF.retired)
  );
}
