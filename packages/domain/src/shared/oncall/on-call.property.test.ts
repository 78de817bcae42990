import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { personId, scheduleId } from '../ids.ts';
import { dutiesBetween } from './duties.ts';
import { onCallAt, shiftsBetween } from './on-call.ts';
import type {
  Schedule,
  ScheduleLayer,
  ScheduleOverride,
  ScheduleSwap,
  Span,
  WeeklyHours,
} from './schedule.ts';
import { DAY, HOUR } from './test-schedules.ts';

/** Random schedules in zones with odd offsets and odd changes of them. fast-check prints seed and path. */
const START = Date.UTC(2026, 0, 1);
const person = fc.constantFrom('ana', 'bo', 'cem', 'dana').map(personId);
const instant = fc.integer({ min: START, max: START + 365 * DAY });
const span: fc.Arbitrary<Span> = fc
  .tuple(instant, fc.integer({ min: 1, max: 20 * DAY }))
  .map(([from, ms]) => ({ from, to: from + ms }));

const hours: fc.Arbitrary<WeeklyHours> = fc.record({
  weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
  from: fc.integer({ min: 0, max: 1439 }),
  to: fc.integer({ min: 1, max: 1440 }),
});

const layer: fc.Arbitrary<ScheduleLayer> = fc.record({
  id: fc.uuid(),
  name: fc.constant('any'),
  people: fc.array(person, { maxLength: 4 }),
  unit: fc.constantFrom('day', 'week'),
  length: fc.integer({ min: 1, max: 3 }),
  handoverAt: fc.integer({ min: 0, max: 1439 }),
  startsOn: fc.constantFrom('2025-11-30', '2026-03-01', '2026-03-29', '2026-06-15'),
  hours: fc.option(hours),
});

const override: fc.Arbitrary<ScheduleOverride> = fc
  .record({ span, person, id: fc.uuid(), since: fc.integer({ min: 2, max: 40 }) })
  .map(({ span: when, ...rest }) => ({ ...when, ...rest, by: rest.person, note: '', madeAt: START }));

const swap: fc.Arbitrary<ScheduleSwap> = fc.record({
  id: fc.uuid(),
  by: person,
  with: person,
  gives: span,
  takes: fc.option(span),
  note: fc.constant(''),
  state: fc.constant('accepted' as const),
  askedAt: fc.constant(START),
  answeredAt: fc.constant(START),
  since: fc.option(fc.integer({ min: 2, max: 40 })),
});

const schedule: fc.Arbitrary<Schedule> = fc.record({
  id: fc.constant(scheduleId('any')),
  version: fc.constant(50),
  name: fc.constant('any'),
  team: fc.constant(null),
  zone: fc.constantFrom('Europe/Zurich', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'UTC'),
  cover: fc.constant(null),
  layers: fc.array(layer, { maxLength: 3 }),
  overrides: fc.array(override, { maxLength: 3 }),
  swaps: fc.array(swap, { maxLength: 3 }),
  removedAt: fc.constant(null),
});

/** A day around each change of the clock in Zurich, and any instant. */
const looked = fc.oneof(
  instant,
  fc.integer({ min: Date.UTC(2026, 2, 28), max: Date.UTC(2026, 2, 30) }),
  fc.integer({ min: Date.UTC(2026, 9, 24), max: Date.UTC(2026, 9, 26) }),
);

describe('any schedule', () => {
  test('[DSK-130] a layer has at most one person on duty at any instant, and the schedule one on call', () => {
    fc.assert(
      fc.property(schedule, looked, (any, at) => {
        for (const each of any.layers) {
          expect(dutiesBetween(each, any.zone, at, at + 1).length).toBeLessThanOrEqual(1);
        }
        expect(onCallAt(any, at).length).toBeLessThanOrEqual(1);
      }),
    );
  });

  test('[DSK-130] where nothing was changed, the first layer with somebody on duty is on call', () => {
    fc.assert(
      fc.property(schedule, looked, (any, at) => {
        const plain = { ...any, overrides: [], swaps: [] };
        const duties = any.layers.flatMap((each) => dutiesBetween(each, any.zone, at, at + 1));
        expect(onCallAt(plain, at)).toEqual(duties.slice(0, 1).map((duty) => duty.person));
      }),
    );
  });

  test('[DSK-131] an override wins over layers and whatever was changed before it', () => {
    fc.assert(
      fc.property(schedule, override, fc.double({ min: 0, max: 0.999, noNaN: true }), (any, last, where) => {
        const changed = { ...any, overrides: [...any.overrides, { ...last, since: 41 }] };
        const at = last.from + Math.floor((last.to - last.from) * where);
        expect(onCallAt(changed, at)).toEqual([last.person]);
      }),
    );
  });

  test('[DSK-132] shifts are in order, without overlap, within the two instants, and say what every instant says', () => {
    fc.assert(
      fc.property(schedule, looked, fc.integer({ min: 1, max: 30 * DAY }), (any, from, ms) => {
        const to = from + ms;
        const shifts = shiftsBetween(any, from, to);
        let end = from;
        for (const shift of shifts) {
          expect(shift.from).toBeGreaterThanOrEqual(end);
          expect(shift.to).toBeGreaterThan(shift.from);
          end = shift.to;
        }
        expect(end).toBeLessThanOrEqual(to);
        const edges = shifts.flatMap((shift) => [shift.from, shift.to, shift.from - 1, shift.to - 1]);
        for (const at of [from, to - 1, from + Math.floor(ms / 3), ...edges]) {
          if (at < from || at >= to) continue;
          const within = shifts.filter((shift) => shift.from <= at && shift.to > at);
          expect(onCallAt(any, at)).toEqual(within.map((shift) => shift.person));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('[DSK-132] a longer look says the same of the part that a shorter one sees', () => {
    fc.assert(
      fc.property(schedule, looked, fc.integer({ min: HOUR, max: 10 * DAY }), (any, from, ms) => {
        const to = from + ms;
        const cut = shiftsBetween(any, from - 9 * DAY, to + 9 * DAY)
          .map((shift) => ({ ...shift, from: Math.max(shift.from, from), to: Math.min(shift.to, to) }))
          .filter((shift) => shift.to > shift.from);
        expect(shiftsBetween(any, from, to)).toEqual(cut);
      }),
      { numRuns: 60 },
    );
  });
});
