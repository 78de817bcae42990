import { describe, expect, test } from 'vitest';
import { personId, scheduleId } from '../ids.ts';
import type { Duty } from './duties.ts';
import { longestShiftMs, onCallAt, shiftsBetween, shiftsOf } from './on-call.ts';
import { DAY, HOUR, layer, schedule, zurich } from './test-schedules.ts';

const [ana, bo, cem] = [personId('ana'), personId('bo'), personId('cem')];

describe('who is on call', () => {
  test('[DSK-130] people of a layer take turns from its starting day on, each from hand-over to hand-over', () => {
    const weekly = schedule({
      layers: [layer({ people: [ana, bo, cem], unit: 'week', handoverAt: 9 * 60 })],
    });
    expect(onCallAt(weekly, zurich('2026-06-01T08:59+02:00'))).toEqual([]);
    expect(onCallAt(weekly, zurich('2026-06-01T09:00+02:00'))).toEqual([ana]);
    expect(onCallAt(weekly, zurich('2026-06-08T08:59+02:00'))).toEqual([ana]);
    expect(onCallAt(weekly, zurich('2026-06-08T09:00+02:00'))).toEqual([bo]);
    expect(onCallAt(weekly, zurich('2026-06-22T09:00+02:00'))).toEqual([ana]);
  });

  test('[DSK-130] the first layer that has somebody counts, and a lower one fills what its hours leave', () => {
    const day = layer({
      id: 'day',
      people: [ana],
      hours: { weekdays: [1, 2, 3, 4, 5], from: 480, to: 1080 },
    });
    const rest = layer({ id: 'rest', people: [bo] });
    const both = schedule({ layers: [day, rest] });
    expect(onCallAt(both, zurich('2026-06-02T12:00+02:00'))).toEqual([ana]);
    expect(onCallAt(both, zurich('2026-06-02T18:00+02:00'))).toEqual([bo]);
    expect(onCallAt(both, zurich('2026-06-06T12:00+02:00'))).toEqual([bo]);
    expect(onCallAt({ ...both, layers: [day] }, zurich('2026-06-06T12:00+02:00'))).toEqual([]);
  });

  test('[DSK-130] hours that end before they begin go on into the next day', () => {
    const night = schedule({
      layers: [layer({ people: [ana], hours: { weekdays: [5], from: 22 * 60, to: 6 * 60 } })],
    });
    expect(onCallAt(night, zurich('2026-06-06T05:59+02:00'))).toEqual([ana]);
    expect(onCallAt(night, zurich('2026-06-06T06:00+02:00'))).toEqual([]);
    expect(onCallAt(night, zurich('2026-06-06T22:30+02:00'))).toEqual([]);
  });

  test('[DSK-131] an override wins over every layer and fills a gap; of two that meet, the later one holds', () => {
    const from = zurich('2026-06-02T10:00+02:00');
    const made = { by: cem, note: '', madeAt: from };
    const changed = schedule({
      layers: [layer({ people: [ana] })],
      overrides: [
        { id: 'one', from, to: from + 4 * HOUR, person: bo, since: 2, ...made },
        { id: 'two', from: from + HOUR, to: from + 2 * HOUR, person: cem, since: 3, ...made },
      ],
    });
    const shifts = shiftsBetween(changed, from - HOUR, from + 5 * HOUR);
    expect(shifts.map(({ person, source }) => [person, source.kind])).toEqual([
      [ana, 'layer'],
      [bo, 'override'],
      [cem, 'override'],
      [bo, 'override'],
      [ana, 'layer'],
    ]);
    expect(onCallAt({ ...changed, layers: [] }, from)).toEqual([bo]);
  });

  test('[DSK-131] an accepted swap stands in for its two people only, each for the other', () => {
    const from = zurich('2026-06-01T00:00+02:00');
    const day = 24 * HOUR;
    const asked = {
      id: 'swap',
      by: ana,
      with: bo,
      gives: { from, to: from + day },
      takes: { from: from + day, to: from + 3 * day },
      note: '',
      askedAt: from - day,
    };
    const daily = schedule({ layers: [layer({ people: [ana, bo, cem] })] });
    const open = { ...daily, swaps: [{ ...asked, state: 'asked', answeredAt: null, since: null } as const] };
    const done = { ...daily, swaps: [{ ...asked, state: 'accepted', answeredAt: from, since: 3 } as const] };
    const noon = [0, 1, 2].map((days) => from + days * day + 12 * HOUR);
    expect(noon.flatMap((at) => onCallAt(open, at))).toEqual([ana, bo, cem]);
    expect(noon.flatMap((at) => onCallAt(done, at))).toEqual([bo, ana, cem]);
  });

  test.each([
    ['spring', '2026-03-28T12:00+01:00', 23],
    ['autumn', '2026-10-24T12:00+02:00', 25],
  ])('[DSK-132] a daily turn over the %s change is as long as the clock makes it', (_season, noon, hours) => {
    const daily = schedule({
      layers: [layer({ people: [ana, bo], handoverAt: 12 * 60, startsOn: '2026-01-01' })],
    });
    const from = zurich(noon);
    const [first, second] = shiftsBetween(daily, from, from + 2 * 24 * HOUR);
    expect([(first?.to ?? 0) - from, second?.from]).toEqual([hours * HOUR, first?.to]);
    expect(first?.person).not.toBe(second?.person);
  });

  test('[DSK-132] a hand-over in the hour that spring leaves out happens when the clock goes on', () => {
    const daily = schedule({
      layers: [layer({ people: [ana, bo], handoverAt: 150, startsOn: '2026-03-28' })],
    });
    expect(onCallAt(daily, zurich('2026-03-29T01:59+01:00'))).toEqual([ana]);
    expect(onCallAt(daily, zurich('2026-03-29T03:30+02:00'))).toEqual([bo]);
  });

  test('[DSK-130] a schedule without layers, and a layer without people, has nobody', () => {
    const empty = schedule({ id: scheduleId('empty'), layers: [] });
    expect(onCallAt(empty, 0)).toEqual([]);
    expect(onCallAt({ ...empty, layers: [layer({ people: [] })] }, zurich('2026-06-02T00:00Z'))).toEqual([]);
  });
});

test('[DSK-132] twice the time is twice the work: each duty and each change is passed once', () => {
  const reads = (days: number): number => {
    let count = 0;
    const duty = (from: number, person = ana): Duty => ({
      from,
      person,
      get to() {
        count += 1;
        return from + HOUR;
      },
    });
    const all = Array.from({ length: days }, (_, day) => day * DAY);
    const layers = [0, HOUR, 2 * HOUR].map((late) => ({
      id: `${late}`,
      duties: all.map((from) => duty(from + late)),
    }));
    const overrides = all.map((from) => ({
      ...duty(from + 5 * HOUR, bo),
      ...{ id: `${from}`, by: bo, note: '', madeAt: 0, since: 2, from: from + 5 * HOUR },
      get to() {
        count += 1;
        return from + 6 * HOUR;
      },
    }));
    const shifts = shiftsOf({ layers, from: 0, to: days * DAY }, { overrides, swaps: [] });
    expect(shifts).toHaveLength(4 * days);
    return count;
  };
  expect(reads(400)).toBeLessThan(2.2 * reads(200));
});

test('[DSK-132] no shift is longer than the longest turn, or the longest time that was changed by hand', () => {
  const long = schedule({ layers: [layer({ unit: 'week', length: 3 }), layer({ id: 'other', length: 2 })] });
  expect(longestShiftMs(long)).toBe(22 * DAY);
  const made = { id: 'one', by: cem, note: '', madeAt: 0, since: 2, person: bo };
  expect(longestShiftMs({ ...long, overrides: [{ ...made, from: 0, to: 60 * DAY }] })).toBe(60 * DAY);
});
