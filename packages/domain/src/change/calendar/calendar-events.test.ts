import { describe, expect, test } from 'vitest';
import { calendarText } from '../../shared/index.ts';
import type { CalendarEvent } from '../../shared/index.ts';
import type { Change } from '../change.ts';
import { Meetings, WEEKLY } from '../meeting/test-meeting.ts';
import { CHANGE_MODELS } from '../model/models.ts';
import { BEGINS, DAY, ENDS, HOUR, NOW, freeze, normal } from '../test-board.ts';
import type { ChangeWindow } from '../window/window.ts';
import { changeCalendarEvents } from './calendar-events.ts';

const SPAN = { from: NOW, to: NOW + 30 * DAY };

function eventsOf(
  changes: readonly Change[],
  windows: readonly ChangeWindow[] = [],
  span = SPAN,
): readonly CalendarEvent[] {
  return changeCalendarEvents(
    { changes, windows, models: CHANGE_MODELS, span, zone: 'Europe/Zurich' },
    { base: 'https://desk.example', now: NOW, itemName: (item) => item },
  );
}

describe('changes as events', () => {
  test('[CHG-80] a change is tentative until it holds its place, then confirmed, and cancelled once called off', () => {
    const statuses = (['new', 'authorize', 'scheduled', 'implement', 'review'] as const).map(
      (state) => eventsOf([normal(state).it])[0]?.status,
    );
    expect(statuses).toEqual(['TENTATIVE', 'TENTATIVE', 'CONFIRMED', 'CONFIRMED', 'CONFIRMED']);
    const off = normal('scheduled').do('ana', { verb: 'cancel', reason: 'not needed' });
    expect(eventsOf([off.it])[0]?.status).toBe('CANCELLED');
  });

  test('[CHG-80] it stands where its window is, and one outside the stretch or without a window is left out', () => {
    const { it } = normal('scheduled');
    expect(eventsOf([it])[0]).toMatchObject({
      from: BEGINS,
      to: ENDS,
      url: `https://desk.example/change/${it.id}`,
    });
    expect(eventsOf([it], [], { from: ENDS, to: ENDS + DAY })).toEqual([]);
    expect(eventsOf([{ ...it, begins: null, ends: null }])).toEqual([]);
  });

  test('[CHG-82] moving a change keeps the id of its event and raises its sequence', () => {
    const board = normal('new');
    const [before] = eventsOf([board.it]);
    board.do('ana', { verb: 'edit', fields: { begins: BEGINS + HOUR, ends: ENDS + HOUR } });
    const [after] = eventsOf([board.it]);
    expect(after?.uid).toBe(before?.uid);
    expect(after?.sequence).toBeGreaterThan(before?.sequence ?? Infinity);
    expect(after?.from).toBe(BEGINS + HOUR);
  });
});

describe('windows as events', () => {
  const weekly = freeze({
    name: 'Patch night',
    kind: 'maintenance',
    hard: false,
    when: {
      zone: null,
      begins: '2026-06-02T22:00',
      ends: '2026-06-03T02:00',
      repeats: { unit: 'week', every: 1, weekdays: [], until: null },
    },
  });

  test('[CHG-81] a weekly window that floats is an event each week, by the clock of the organisation', () => {
    const events = eventsOf([], [weekly]);
    // 22:00 in Zurich is 20:00 UTC in June
    expect(events.map(({ from }) => new Date(from).toISOString())).toEqual([
      '2026-06-02T20:00:00.000Z',
      '2026-06-09T20:00:00.000Z',
      '2026-06-16T20:00:00.000Z',
      '2026-06-23T20:00:00.000Z',
      '2026-06-30T20:00:00.000Z',
    ]);
    expect(new Set(events.map(({ uid }) => uid)).size).toBe(events.length);
  });

  test('[CHG-81] a hard freeze says so by word', () => {
    expect(eventsOf([], [freeze()])[0]?.summary).toBe('Hard freeze: Quarter end');
    expect(eventsOf([], [freeze({ hard: false })])[0]?.summary).toBe('Soft freeze: Quarter end');
  });

  test('[CHG-82] the text of a calendar folds long lines at 75 octets and names the host in each id', () => {
    const { it } = normal('scheduled');
    const text = calendarText(
      'Changes',
      'https://desk.example',
      eventsOf([{ ...it, title: 'Größe '.repeat(40) }]),
    );
    expect(text).toContain(`UID:change-${it.id}@desk.example`);
    const longest = Math.max(
      ...text.split('\r\n').map((line) => encodeURIComponent(line).replaceAll(/%../g, 'x').length),
    );
    expect(longest).toBeLessThanOrEqual(75);
  });
});

test('[CHG-106] a meeting of a board stands at its time, and is cancelled once called off', () => {
  const on = new Meetings().do('kim', { verb: 'plan', board: WEEKLY.id, at: NOW + DAY });
  const shown = () =>
    changeCalendarEvents(
      {
        ...{ changes: [], windows: [], models: CHANGE_MODELS, span: SPAN, zone: 'UTC' },
        ...{ meetings: [on.at()], boards: new Map([[WEEKLY.id, WEEKLY]]) },
      },
      { base: 'https://desk.example', now: NOW, itemName: (item) => item },
    );
  const [before] = shown();
  expect(before).toMatchObject({
    from: NOW + DAY,
    to: NOW + DAY + HOUR,
    status: 'CONFIRMED',
    summary: 'Weekly board',
    url: 'https://desk.example/change/board/m1',
  });
  on.do('kim', { verb: 'call-off', reason: 'Nothing to look at' });
  expect(shown()[0]).toMatchObject({ uid: before?.uid, status: 'CANCELLED' });
  expect(shown()[0]?.sequence).toBeGreaterThan(before?.sequence ?? Infinity);
});
