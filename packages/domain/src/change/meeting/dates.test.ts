import { describe, expect, test } from 'vitest';
import { SYSTEM, SYSTEM_ACTOR, personId } from '../../shared/index.ts';
import type { Actor } from '../../shared/index.ts';
import { DAY, HOUR, NOW, PEOPLE, actorOf } from '../test-board.ts';
import type { MeetingAct } from './acts.ts';
import { WHY_CALLED_OFF, dateToPlan, isLeftOpen, mayComeAgain, whyCallOff } from './dates.ts';
import { decideMeeting } from './decide.ts';
import { mayWriteNotes } from './notes.ts';
import { Meetings, WEEKLY } from './test-meeting.ts';

const WEEK = 7 * DAY;

const planned = (by = SYSTEM, at = NOW + WEEK) => {
  const on = new Meetings().do('kim', { verb: 'plan', board: WEEKLY.id, at });
  return { ...on.at(), plannedBy: by };
};

describe('what the product does about dates', () => {
  test('[CHG-102] plans the next date of a board, and none that is further than a fortnight', () => {
    // it begins now
    expect(dateToPlan(WEEKLY, NOW)).toBe(NOW + WEEK);
    expect(dateToPlan(WEEKLY, NOW - 1)).toBe(NOW);
    const repeats = { ...WEEKLY.when.repeats, unit: 'week', every: 4, weekdays: [1], until: null } as const;
    const seldom = { ...WEEKLY, when: { ...WEEKLY.when, repeats } };
    expect(dateToPlan(seldom, NOW)).toBeNull();
    expect(dateToPlan(seldom, NOW + 2 * WEEK)).toBe(NOW + 4 * WEEK);
    expect(dateToPlan({ ...WEEKLY, retired: true }, NOW)).toBeNull();
  });

  test('[CHG-102] plans as anybody of the board would, and tells all of them', () => {
    const answer = decideMeeting(
      null,
      { verb: 'plan', board: WEEKLY.id, at: NOW + WEEK },
      {
        ...{ actor: SYSTEM_ACTOR, now: NOW, target: planned().id, directory: PEOPLE, since: [] },
        facts: {
          ...{ boards: new Map([[WEEKLY.id, WEEKLY]]), meetings: [], changeOf: () => undefined },
          ...{ changes: () => [], matched: () => ({}) as never },
        },
      },
    );
    expect(answer).toMatchObject({
      value: { events: [{ adHoc: false }], tell: [{}, {}, {}, {}] },
    });
  });

  test('[CHG-102] calls off what it planned for a date that is none any more, and leaves what people planned', () => {
    const later = {
      ...WEEKLY,
      when: { ...WEEKLY.when, begins: '2026-06-01T13:00', ends: '2026-06-01T14:00' },
    };
    expect(whyCallOff(planned(), WEEKLY, NOW)).toBeNull();
    expect(whyCallOff(planned(), later, NOW)).toBe(WHY_CALLED_OFF.moved);
    expect(whyCallOff(planned(), { ...WEEKLY, retired: true }, NOW)).toBe(WHY_CALLED_OFF.retired);
    expect(whyCallOff(planned(personId('kim')), later, NOW)).toBeNull();
    expect(whyCallOff({ ...planned(), state: 'live' }, later, NOW)).toBeNull();
    // people are on their way to what has begun
    expect(whyCallOff(planned(), { ...WEEKLY, retired: true }, NOW + WEEK)).toBeNull();
  });

  test('[CHG-102] plans anew what it called off itself because of the board, and nothing else', () => {
    const off = { ...planned(), state: 'called_off' } as const;
    const { moved, retired, unopened } = WHY_CALLED_OFF;
    expect([moved, retired, unopened, 'Holidays'].map((reason) => mayComeAgain({ ...off, reason }))).toEqual([
      ...[true, true, false, false],
    ]);
    expect(mayComeAgain({ ...off, reason: moved, plannedBy: personId('kim') })).toBe(false);
    expect(mayComeAgain({ ...planned(), reason: moved })).toBe(false);
  });

  test('[CHG-103] calls off what nobody opened within a day after its end, and tells nobody', () => {
    const on = new Meetings().do('kim', { verb: 'plan', board: WEEKLY.id, at: NOW });
    const end = NOW + HOUR;
    expect(whyCallOff(on.at(), WEEKLY, end + DAY - 1)).toBeNull();
    expect(whyCallOff(on.at(), WEEKLY, end + DAY)).toBe(WHY_CALLED_OFF.unopened);
    on.now = end + DAY;
    const off = on.run('lou', { verb: 'call-off', reason: WHY_CALLED_OFF.unopened });
    expect(off).toMatchObject({ ok: true, value: { tell: [] } });
  });
});

test('[CHG-103] the product closes what nobody closed within a day after its end, and not before', () => {
  const on = new Meetings().live();
  const over = NOW + HOUR + DAY;
  expect([isLeftOpen(on.at(), over - 1), isLeftOpen(on.at(), over)]).toEqual([false, true]);
  // one that was opened late has its day too
  expect(isLeftOpen({ ...on.at(), openedAt: over - 1 }, over)).toBe(false);
  const does = (actor: Actor, act: MeetingAct = { verb: 'close' }) =>
    decideMeeting(on.at(), act, {
      ...{ actor, now: over, target: on.at().id, directory: PEOPLE, since: [] },
      facts: {
        ...{ boards: new Map([[WEEKLY.id, WEEKLY]]), meetings: [], changeOf: () => undefined },
        ...{ changes: () => [], matched: () => ({}) as never },
      },
    });
  const notInChair = { ok: false, refusal: { code: 'change/not-in-chair' } };
  expect(does(actorOf('lou'))).toMatchObject(notInChair);
  // it ends what was left, and leads nothing
  expect(does(SYSTEM_ACTOR, { verb: 'show-item', change: null, from: null })).toMatchObject(notInChair);
  expect(does(SYSTEM_ACTOR)).toMatchObject({
    value: { events: [{ type: 'closed', leftOver: ['c1', 'c2', 'c3'] }] },
  });
});

test('[CHG-105] notes are written by whoever is invited or works on changes, until the meeting is over', () => {
  const { invited } = planned();
  const reader = { ...actorOf('kim'), permissions: new Set(['change.read'] as const) };
  const stranger = { ...reader, id: personId('nobody') };
  const worker = { ...stranger, permissions: new Set(['change.read', 'change.work'] as const) };
  const blind = { ...reader, permissions: new Set<never>() };
  const may = (state: 'planned' | 'live' | 'closed' | 'called_off') =>
    [reader, stranger, worker, blind].map((actor) => mayWriteNotes(actor, { state, invited }));
  expect(may('planned')).toEqual([true, false, true, false]);
  expect(may('live')).toEqual([true, false, true, false]);
  expect(may('closed')).toEqual([false, false, false, false]);
  expect(may('called_off')).toEqual([false, false, false, false]);
});
