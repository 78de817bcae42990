import { personId, scheduleId } from '../ids.ts';
import type { Schedule, ScheduleLayer } from './schedule.ts';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const zurich = (iso: string): number => Date.parse(iso);

/** Ana by the day from Monday, June 1st 2026 at midnight, with what the test cares about changed. */
export function layer(change: Partial<ScheduleLayer> = {}): ScheduleLayer {
  return {
    id: 'layer',
    name: 'Layer',
    people: [personId('ana')],
    unit: 'day',
    length: 1,
    handoverAt: 0,
    startsOn: '2026-06-01',
    hours: null,
    ...change,
  };
}

export function schedule(change: Partial<Schedule> = {}): Schedule {
  return {
    id: scheduleId('schedule'),
    version: 1,
    name: 'Schedule',
    team: null,
    zone: 'Europe/Zurich',
    cover: null,
    layers: [layer()],
    overrides: [],
    swaps: [],
    removedAt: null,
    ...change,
  };
}
