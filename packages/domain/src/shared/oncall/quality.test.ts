import { describe, expect, test } from 'vitest';
import { personId } from '../ids.ts';
import { gapsBetween, qualityFrom } from './quality.ts';
import { DAY, HOUR, layer, schedule, zurich } from './test-schedules.ts';

const [ana, bo] = [personId('ana'), personId('bo')];
const WEEKDAYS = { weekdays: [1, 2, 3, 4, 5], from: 8 * 60, to: 18 * 60 };
const MONDAY = zurich('2026-06-01T00:00+02:00');

describe('gaps', () => {
  test('[DSK-133] a gap is time in which somebody is to be on call and nobody is', () => {
    const days = schedule({ layers: [layer({ hours: WEEKDAYS })] });
    const first = gapsBetween(days, MONDAY, MONDAY + DAY);
    expect(first).toEqual([
      { from: MONDAY, to: MONDAY + 8 * HOUR },
      { from: MONDAY + 18 * HOUR, to: MONDAY + DAY },
    ]);
    expect(gapsBetween({ ...days, cover: WEEKDAYS }, MONDAY, MONDAY + 7 * DAY)).toEqual([]);
    const from = MONDAY + 7 * HOUR;
    const early = { id: 'o', from, to: MONDAY + 9 * HOUR, person: bo, by: bo, note: '', madeAt: 0, since: 2 };
    expect(gapsBetween({ ...days, overrides: [early] }, MONDAY, MONDAY + DAY)[0]).toEqual({
      from: MONDAY,
      to: from,
    });
  });
});

describe('quality over twelve weeks', () => {
  test('[DSK-134] a schedule without gaps that loads all alike has 100', () => {
    const even = qualityFrom(schedule({ layers: [layer({ people: [ana, bo] })] }), MONDAY);
    expect(even).toMatchObject({ gapShare: 0, balance: 1, score: 100 });
    expect(even.load.map(({ share }) => share)).toEqual([0.5, 0.5]);
  });

  test('[DSK-134] gaps and an uneven load each take from it', () => {
    const gappy = qualityFrom(
      schedule({ layers: [layer({ hours: { ...WEEKDAYS, from: 0, to: 1440 } })] }),
      MONDAY,
    );
    expect(gappy.gapShare).toBeCloseTo(2 / 7);
    expect(gappy.score).toBe(71);
    const uneven = qualityFrom(schedule({ layers: [layer({ people: [ana, ana, ana, bo] })] }), MONDAY);
    expect(uneven.load.map(({ person, share }) => [person, share])).toEqual([
      [ana, 0.75],
      [bo, 0.25],
    ]);
    expect(uneven).toMatchObject({ balance: 0.5, score: 50 });
  });

  test('[DSK-134] a schedule with nobody is all gap', () => {
    expect(qualityFrom(schedule({ layers: [] }), MONDAY)).toMatchObject({ gapShare: 1, score: 0, load: [] });
  });
});
