import {
  addBusinessTime,
  businessTimeBetween,
  type BusinessCalendar,
  type Directory,
  type Ticket,
} from '@muster/domain/shared';
import type { Metric } from './row-clocks.ts';

/** A stretch of time in which a clock ran or stood still. `to` is null for the stretch that goes on. */
export interface ClockSpan {
  readonly running: boolean;
  readonly from: number;
  readonly to: number | null;
  /** Business time within it, in ms; 0 while it stood still. */
  readonly countedMs: number;
}

export interface ClockExplanation {
  readonly calendar: string;
  readonly spans: readonly ClockSpan[];
  /** When the calendar opens and a clock that runs goes on; null while it is open, or when nothing runs. */
  readonly opensAt: number | null;
}

/** How a clock came to its reading: when it ran, when it stood still, and what of it counted. */
export function explainClock(
  ticket: Ticket,
  metric: Metric,
  directory: Directory,
  now: number,
): ClockExplanation {
  const agreement = directory.agreements.find(
    (one) => one.metric === metric && one.process === ticket.process && one.priority === ticket.priority,
  );
  const calendar = agreement && directory.calendars.get(agreement.calendar);
  const marks = metric === 'resolution' ? ticket.clock : responseMarks(ticket);
  const spans = marks.map((from, index): ClockSpan => {
    const to = marks[index + 1] ?? null;
    const running = index % 2 === 0;
    return {
      running,
      from,
      to,
      countedMs: running && calendar ? businessTimeBetween(calendar, from, to ?? now) : 0,
    };
  });
  // a clock that stopped for good has no stretch that goes on
  const ended =
    metric === 'response' ? spans.slice(0, 1) : ticket.resolvedAt === null ? spans : withoutTail(spans);
  const goesOn = ended.at(-1);
  const isHeldOff = goesOn?.running === true && goesOn.to === null && calendar !== undefined;
  return {
    calendar: calendar?.name ?? 'no calendar',
    spans: ended,
    opensAt: isHeldOff ? nextOpening(calendar, now) : null,
  };
}

/** When closed hours end, in epoch ms; null while the calendar is open, or when it never opens again. */
function nextOpening(calendar: BusinessCalendar, now: number): number | null {
  const counted = addBusinessTime(calendar, now, 1);
  return counted === null || counted === now + 1 ? null : counted - 1;
}

function responseMarks(ticket: Ticket): readonly number[] {
  const answeredAt = ticket.firstResponseAt ?? ticket.resolvedAt;
  return answeredAt === null ? [ticket.createdAt] : [ticket.createdAt, answeredAt];
}

function withoutTail(spans: readonly ClockSpan[]): readonly ClockSpan[] {
  return spans.at(-1)?.running === false ? spans.slice(0, -1) : spans;
}
