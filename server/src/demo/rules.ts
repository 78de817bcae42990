import type { Agreement, BusinessCalendar, Priority } from '@muster/domain/shared';
import { DEMO_SERVICES } from './organisation.ts';

const HOUR = 3_600_000;

/** Open from eight to six on weekdays; the zone has clock changes, so that clocks are seen to cope with them. */
export const DEMO_CALENDAR: BusinessCalendar = {
  id: 'office',
  name: 'Office hours',
  zone: 'Europe/Amsterdam',
  hours: [1, 2, 3, 4, 5].map((weekday) => ({ weekday, from: 8 * 60, to: 18 * 60 })),
  holidays: ['2026-12-25', '2027-01-01'],
};

/** Targets in business hours by priority: first response, then resolution. */
const TARGETS: Readonly<Record<Priority, readonly [number, number]>> = {
  1: [0.5, 4],
  2: [1, 8],
  3: [4, 20],
  4: [8, 40],
  5: [10, 80],
};

export const DEMO_AGREEMENTS: readonly Agreement[] = (['desk', 'incident'] as const).flatMap((process) =>
  ([1, 2, 3, 4, 5] as const).flatMap((priority) =>
    (['response', 'resolution'] as const).map((metric, index) => ({
      id: `${process}-p${priority}-${metric}`,
      process,
      priority,
      metric,
      targetMs: (TARGETS[priority][index] ?? 0) * HOUR,
      calendar: DEMO_CALENDAR.id,
    })),
  ),
);

export const DEMO_CATEGORIES: readonly string[] = [
  ...new Set(DEMO_SERVICES.map((service) => service.category)),
].sort();
