import { describe, expect, it } from 'vitest';
import { personId, scheduleId } from '@muster/domain/shared';
import type { Schedule, ScheduleForm } from '@muster/domain/shared';
import { handoverOf } from './handover.ts';
import { draftOf, formOf, mondayOf, newDraft, newLayer } from './schedule-draft.ts';
import { hoursWords, layerWords, lengthWords, percentWords } from './shift-words.ts';

const [ana, bo] = [personId('ana'), personId('bo')];
const HOUR = 3_600_000;

const FORM: ScheduleForm = {
  name: 'Desk',
  team: null,
  zone: 'UTC',
  cover: { weekdays: [1, 2, 3, 4, 5], from: 0, to: 1440 },
  layers: [
    {
      ...{ id: 'day', name: 'By day', people: [ana, bo], unit: 'day', length: 1, handoverAt: 545 },
      ...{ startsOn: '2026-06-01', hours: { weekdays: [1, 3], from: 1320, to: 360 } },
    },
  ],
};

describe('the form of a schedule', () => {
  it('says what the schedule said, also at midnight and over it', () => {
    expect(formOf(draftOf(FORM))).toEqual(FORM);
  });

  it('[DSK-136] makes what is unfinished into what the rules refuse, and never throws', () => {
    const layer = { ...newLayer('a', 'First', ''), length: 'two', handoverAt: '' };
    const form = formOf(newDraft({ ...layer, hours: { ...layer.hours, on: true, to: '' } }, ''));
    expect(form.layers[0]).toMatchObject({ length: Number.NaN, handoverAt: -1, hours: { to: -1 } });
  });

  it('begins with the Monday of the week', () => {
    expect(mondayOf(new Date(2026, 5, 7, 12).getTime())).toBe('2026-06-01');
    expect(mondayOf(new Date(2026, 5, 1, 0).getTime())).toBe('2026-06-01');
  });
});

describe('a hand-over', () => {
  const schedule: Schedule = {
    ...{ ...FORM, id: scheduleId('s'), version: 1, overrides: [], swaps: [], removedAt: null },
    layers: [{ ...FORM.layers[0], handoverAt: 0, hours: null } as ScheduleForm['layers'][number]],
  };
  const noon = Date.UTC(2026, 5, 1, 12);

  it('is when the next person takes over, and from whom', () => {
    const { now, at, next } = handoverOf(schedule, noon);
    expect([now?.person, at, next]).toEqual([ana, noon + 12 * HOUR, bo]);
  });

  it('is to nobody before a gap, and to the first person in one', () => {
    const day = { weekdays: [1], from: 8 * 60, to: 18 * 60 };
    const gappy = { ...schedule, layers: schedule.layers.map((each) => ({ ...each, hours: day })) };
    expect(handoverOf(gappy, noon)).toMatchObject({ now: { person: ana }, at: noon + 6 * HOUR, next: null });
    expect(handoverOf(gappy, noon - 6 * HOUR)).toMatchObject({ now: null, at: noon - 4 * HOUR, next: ana });
  });

  it('is not ahead where one person is on call alone, or nobody is', () => {
    const alone = { ...schedule, layers: schedule.layers.map((each) => ({ ...each, people: [bo] })) };
    expect(handoverOf(alone, noon)).toMatchObject({ now: { person: bo }, at: null });
    expect(handoverOf({ ...schedule, layers: [] }, noon)).toEqual({ now: null, at: null, next: null });
  });
});

describe('words of shifts', () => {
  it('name days and hours', () => {
    expect(hoursWords({ weekdays: [5, 1, 2, 3, 4], from: 480, to: 1080 })).toBe('Mon to Fri 08:00 to 18:00');
    expect(hoursWords({ weekdays: [6, 7], from: 0, to: 1440 })).toBe('Sat, Sun');
    expect(layerWords(FORM.layers[0] as ScheduleForm['layers'][number])).toBe(
      'Hands over every day at 09:05, on duty Mon, Wed 22:00 to 06:00',
    );
    expect([lengthWords(100 * HOUR), lengthWords(HOUR / 2), percentWords(0.004), percentWords(0.5)]).toEqual([
      '4 d 4 h',
      '30 min',
      '0.4 %',
      '50 %',
    ]);
  });
});
