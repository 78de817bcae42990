import { clockOf, type Directory, type MetricClock, type RecordId, type Ticket } from '@muster/domain/shared';
import type { ClockWord } from '../filter/index.ts';
import { durationWords } from '../wording/times.ts';

export type Metric = 'response' | 'resolution';

/** The one clock that a row shows: the most pressing of its service levels. */
export interface RowClock {
  readonly state: ClockWord;
  readonly metric: Metric | null;
  readonly percent: number;
  /** What remains or is over, in words. */
  readonly text: string;
  /** Epoch ms at which the target is broken; null while nothing runs. */
  readonly dueAt: number | null;
}

const NO_CLOCK: RowClock = { state: 'none', metric: null, percent: 0, text: '', dueAt: null };

/** A reading may be this old while its clock runs: business time moves slowly enough for rows. */
const FRESH_MS = 30_000;

interface Reading {
  readonly row: Ticket;
  readonly directory: Directory;
  readonly at: number;
  readonly clock: RowClock;
}

/** Reads clocks of many rows without doing the calendar arithmetic again for rows that did not change. */
export class RowClocks {
  readonly #directory: () => Directory;
  readonly #readings = new Map<RecordId, Reading>();

  constructor(directory: () => Directory) {
    this.#directory = directory;
  }

  read(row: Ticket, now: number): RowClock {
    const directory = this.#directory();
    const known = this.#readings.get(row.id);
    if (known?.row === row && known.directory === directory && isFresh(known, now)) return known.clock;
    const clock = pressingClock(row, directory, now);
    this.#readings.set(row.id, { row, directory, at: now, clock });
    return clock;
  }
}

function isFresh({ clock, at }: Reading, now: number): boolean {
  const moves = clock.state === 'ok' || clock.state === 'warning' || clock.state === 'breached';
  return !moves || Math.abs(now - at) < FRESH_MS;
}

/** How loudly a state asks; the loudest of a record's clocks is shown. */
const ALARM: Readonly<Record<ClockWord, number>> = {
  none: 0,
  met: 1,
  paused: 2,
  ok: 3,
  warning: 4,
  breached: 5,
};

/**
 * The most pressing clock of a ticket; of two in the same state the one that is due first.
 * A first response that came too late is history: it presses no more than one that was met.
 */
export function pressingClock(ticket: Ticket, directory: Directory, now: number): RowClock {
  const { response, resolution } = clockOf(ticket, directory, now);
  const answered = ticket.firstResponseAt !== null || ticket.resolvedAt !== null;
  if (answered || alarmOf(resolution) > alarmOf(response)) return rowClock('resolution', resolution);
  if (alarmOf(response) > alarmOf(resolution)) return rowClock('response', response);
  const responseFirst = (response.breachAt ?? Infinity) < (resolution.breachAt ?? Infinity);
  return responseFirst ? rowClock('response', response) : rowClock('resolution', resolution);
}

function alarmOf(clock: MetricClock): number {
  return ALARM[clock.state];
}

function rowClock(metric: Metric, clock: MetricClock): RowClock {
  if (clock.state === 'none') return NO_CLOCK;
  const percent = Math.min(clock.percent ?? 0, 999);
  return { state: clock.state, metric, percent, text: clockText(clock), dueAt: clock.breachAt };
}

/** What a clock says in a row: what is left, or by how much it is over. */
export function clockText({ state, remainingMs }: Pick<MetricClock, 'state' | 'remainingMs'>): string {
  if (state === 'none' || remainingMs === null) return '';
  if (state === 'met') return 'met';
  return `${durationWords(remainingMs)} ${state === 'breached' ? 'over' : 'left'}`;
}
