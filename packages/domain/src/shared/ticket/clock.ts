import { addBusinessTime, businessTimeBetween } from '../calendar/arithmetic.ts';
import type { Agreement, BusinessCalendar, Directory } from '../directory.ts';
import type { Instant } from '../instant.ts';
import type { Ticket } from './ticket.ts';

/**
 * Service-level clocks, computed on read from the marks on a ticket (A0.4). Nothing is stored, so a higher priority
 * or a corrected calendar counts from the beginning, pauses included.
 */
export interface MetricClock {
  readonly running: boolean;
  /** Opening time used so far, in ms. */
  readonly elapsedMs: number;
  /** Null, like the three below, when no agreement covers the ticket. */
  readonly targetMs: number | null;
  /** Negative when overdue. */
  readonly remainingMs: number | null;
  /** When the target was or will be used up; null while paused or done in time. */
  readonly breachAt: Instant | null;
  /** Of the target; over 100 when overdue. */
  readonly percent: number | null;
  readonly state: 'none' | 'ok' | 'warning' | 'breached' | 'paused' | 'met';
}

export interface TicketClocks {
  readonly response: MetricClock;
  readonly resolution: MetricClock;
}

/** From this share of the target on a clock warns. */
export const WARNING_PERCENT = 75;

const NO_CLOCK: MetricClock = {
  running: false,
  elapsedMs: 0,
  targetMs: null,
  remainingMs: null,
  breachAt: null,
  percent: null,
  state: 'none',
};

/** Both clocks of a ticket at an instant. */
export function clockOf(ticket: Ticket, directory: Directory, now: Instant): TicketClocks {
  return {
    response: read(directory, ticket, 'response', responseRun(ticket), now),
    resolution: read(directory, ticket, 'resolution', resolutionRun(ticket), now),
  };
}

/** When a clock ran: starts and stops in turn, and whether it is done or may go on. */
interface Run {
  readonly marks: readonly Instant[];
  readonly ended: 'no' | 'done' | 'void';
}

/** From creation to the first public word of the staff; an answer by resolution counts as one. */
function responseRun(ticket: Ticket): Run {
  const answeredAt = ticket.firstResponseAt ?? ticket.resolvedAt;
  if (answeredAt !== null) return { marks: [ticket.createdAt, answeredAt], ended: 'done' };
  return { marks: [ticket.createdAt], ended: isVoid(ticket) ? 'void' : 'no' };
}

function resolutionRun(ticket: Ticket): Run {
  if (isVoid(ticket)) return { marks: ticket.clock, ended: 'void' };
  const done = ticket.state === 'resolved' || ticket.state === 'closed';
  return { marks: ticket.clock, ended: done ? 'done' : 'no' };
}

/** Nothing is owed on a ticket that was withdrawn or goes on elsewhere. */
function isVoid(ticket: Ticket): boolean {
  return ticket.state === 'cancelled' || ticket.state === 'merged';
}

function read(
  directory: Directory,
  ticket: Ticket,
  metric: Agreement['metric'],
  run: Run,
  now: Instant,
): MetricClock {
  const agreed = agreementFor(ticket, directory, metric);
  if (agreed === null || run.ended === 'void') return NO_CLOCK;

  const { targetMs, calendar } = agreed;
  const running = run.ended === 'no' && run.marks.length % 2 === 1;
  const elapsedMs = elapsed(calendar, run.marks, now);
  const percent = targetMs > 0 ? (elapsedMs / targetMs) * 100 : elapsedMs > 0 ? Infinity : 0;
  const overdue = elapsedMs > targetMs;
  return {
    running,
    elapsedMs,
    targetMs,
    remainingMs: targetMs - elapsedMs,
    breachAt: running || overdue ? breach(calendar, run.marks, targetMs) : null,
    percent,
    state: stateOf(run, running, overdue, percent),
  };
}

/**
 * When a running clock reaches a share of its target, in percent; null for one that is paused, done or without an
 * agreement.
 */
export function instantAtShare(
  ticket: Ticket,
  directory: Directory,
  metric: Agreement['metric'],
  percent: number,
): Instant | null {
  const run = metric === 'response' ? responseRun(ticket) : resolutionRun(ticket);
  if (run.ended !== 'no' || run.marks.length % 2 === 0) return null;
  const agreed = agreementFor(ticket, directory, metric);
  return agreed === null ? null : breach(agreed.calendar, run.marks, (agreed.targetMs * percent) / 100);
}

function agreementFor(
  ticket: Ticket,
  directory: Directory,
  metric: Agreement['metric'],
): { readonly targetMs: number; readonly calendar: BusinessCalendar } | null {
  const agreement = directory.agreements.find(
    (one) => one.metric === metric && one.process === ticket.process && one.priority === ticket.priority,
  );
  const calendar = agreement === undefined ? undefined : directory.calendars.get(agreement.calendar);
  return agreement === undefined || calendar === undefined
    ? null
    : { targetMs: agreement.targetMs, calendar };
}

function stateOf(run: Run, running: boolean, overdue: boolean, percent: number): MetricClock['state'] {
  if (overdue) return 'breached';
  if (run.ended === 'done') return 'met';
  if (!running) return 'paused';
  return percent >= WARNING_PERCENT ? 'warning' : 'ok';
}

function elapsed(calendar: BusinessCalendar, marks: readonly Instant[], now: Instant): number {
  let total = 0;
  for (let start = 0; start < marks.length; start += 2) {
    const from = marks[start] ?? now;
    total += businessTimeBetween(calendar, from, Math.min(marks[start + 1] ?? now, now));
  }
  return total;
}

/** The instant at which the target is used up, in the run that uses it up; the last may still go on. */
function breach(calendar: BusinessCalendar, marks: readonly Instant[], targetMs: number): Instant | null {
  let left = targetMs;
  for (let start = 0; start < marks.length; start += 2) {
    const from = marks[start];
    if (from === undefined) return null;
    const to = marks[start + 1];
    const used = to === undefined ? Infinity : businessTimeBetween(calendar, from, to);
    if (left < used) return addBusinessTime(calendar, from, left);
    left -= used;
  }
  return null;
}
