/** Shifts as a calendar: of one schedule, or of one person in all of them. */
import { calendarText, longestShiftMs, shiftsBetween } from '@muster/domain/shared';
import type { CalendarEvent, PersonId, Schedule, Shift } from '@muster/domain/shared';

const DAY = 24 * 60 * 60 * 1000;
const SHOWN_BACK_MS = 30 * DAY;
const SHOWN_AHEAD_MS = 12 * 7 * DAY;

export interface ShownSchedule {
  readonly schedule: Schedule;
  /** Epoch ms of its last change. */
  readonly changedAt: number;
}

/** The shifts of the last 30 days and the next twelve weeks. `person` leaves in theirs alone. */
export function shiftCalendar(
  name: string,
  shown: readonly ShownSchedule[],
  person: PersonId | null,
  nameOf: (id: PersonId) => string,
  { base, now }: { readonly base: string; readonly now: number },
): string {
  const [from, to] = [now - SHOWN_BACK_MS, now + SHOWN_AHEAD_MS];
  const events = shown.flatMap(({ schedule, changedAt }) => {
    // a shift that is cut would have another begin, and with it another id, each time
    const whole = longestShiftMs(schedule);
    return shiftsBetween(schedule, from - whole, to + whole)
      .filter((shift) => shift.to > from && shift.from < to)
      .filter((shift) => person === null || shift.person === person)
      .map((shift) => eventOf(shift, schedule, changedAt, nameOf, base));
  });
  return calendarText(name, base, events);
}

function eventOf(
  shift: Shift,
  schedule: Schedule,
  changedAt: number,
  nameOf: (id: PersonId) => string,
  base: string,
): CalendarEvent {
  const { from, to, person, source, planned } = shift;
  const layer = schedule.layers.find(({ id }) => source.kind === 'layer' && id === source.layer);
  const why = layer?.name ?? (source.kind === 'swap' ? 'Swapped' : 'Override');
  const instead = layer === undefined && planned !== null ? ` for ${nameOf(planned)}` : '';
  return {
    uid: `shift-${schedule.id}-${from}`,
    from,
    to,
    changedAt,
    sequence: schedule.version,
    status: 'CONFIRMED',
    summary: `On call: ${nameOf(person)} (${schedule.name})`,
    description: `${why}${instead}`,
    category: 'On call',
    url: `${base}/on-call#${schedule.id}`,
  };
}
