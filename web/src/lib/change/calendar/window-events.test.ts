import type { ChangeWindow } from '@muster/domain/change';
import { serviceId } from '@muster/domain/shared';
import { describe, expect, test } from 'vitest';
import { bandsOf, daysBehind, hoursBehind, hoursBehindRows } from './window-events.ts';
import type { WindowView } from './window-events.ts';

const DAY = 86_400_000;
const FROM = Date.UTC(2026, 11, 1);
const WHEN = { zone: 'UTC', begins: '2026-12-02T20:00', ends: '2026-12-03T02:00', repeats: null };

function freeze(given: Partial<ChangeWindow> = {}): ChangeWindow {
  return {
    ...{ id: 'x', version: 1, name: 'Month end', kind: 'freeze', hard: true, when: WHEN },
    ...{ services: null, classes: null, models: null },
    ...given,
  };
}

function viewOf(windows: readonly ChangeWindow[], given: Partial<WindowView> = {}): WindowView {
  return {
    windows,
    focus: { services: null, model: null },
    span: { from: FROM, to: FROM + 7 * DAY },
    ...{ zone: 'UTC', floating: 'UTC' },
    names: { item: (id) => id, model: (id) => id },
    ...given,
  };
}

const PAYROLL = freeze({ services: [serviceId('payroll')] });
const drawn = ({ start, end, classNames }: { start: unknown; end: unknown; classNames?: unknown }) => [
  start,
  end,
  classNames,
];

describe('windows as the calendar draws them', () => {
  test('a freeze of some services hatches no day of the month for everything, and says for what it is', () => {
    const view = viewOf([PAYROLL]);
    expect(daysBehind(view)).toEqual([]);
    const [band, ...more] = bandsOf(view, true);
    expect(more).toEqual([]);
    expect(band?.title).toBe('Hard freeze: Month end (payroll)');
    expect(band?.classNames).toEqual(['band', 'freeze-hard', 'partial']);
  });

  test('it hatches whole days where just that is looked at, and so does one of everything', () => {
    const days = [['2026-12-02T00:00:00', '2026-12-04T00:00:00', ['window', 'freeze-hard']]];
    const focus = { services: ['payroll'], model: null };
    expect(daysBehind(viewOf([PAYROLL], { focus })).map(drawn)).toEqual(days);
    expect(daysBehind(viewOf([freeze()])).map(drawn)).toEqual(days);
  });

  test('days are those of the clock that is looked at, and end with the span', () => {
    const [tokyo] = daysBehind(viewOf([freeze()], { zone: 'Asia/Tokyo' }));
    expect(tokyo?.start).toBe('2026-12-03T00:00:00');
    const span = { from: FROM, to: FROM + 2 * DAY };
    expect(daysBehind(viewOf([freeze()], { span }))[0]?.end).toBe('2026-12-03T00:00:00');
  });

  test('a week shows the hours, that of some as an edge, with one band a freeze and none for maintenance', () => {
    const night = freeze({ name: 'Nights', kind: 'maintenance', hard: false });
    const view = viewOf([PAYROLL, night]);
    expect(hoursBehind(view).map(drawn)).toEqual([
      ['2026-12-02T20:00:00', '2026-12-03T02:00:00', ['window', 'freeze-hard', 'partial']],
      ['2026-12-02T20:00:00', '2026-12-03T02:00:00', ['window', 'maintenance']],
    ]);
    expect(bandsOf(view, false).map(({ title }) => title)).toEqual(['Hard freeze: Month end (payroll)']);
    expect(bandsOf(view, true)).toHaveLength(2);
  });

  test('of a timeline it is in full in the row of its service, and in no other', () => {
    const rows = hoursBehindRows(viewOf([PAYROLL]), ['mail', 'payroll', 'none'], 'service');
    expect(rows.map(({ resourceIds, classNames }) => [resourceIds, classNames])).toEqual([
      [['payroll'], ['window', 'freeze-hard']],
    ]);
    expect(hoursBehindRows(viewOf([PAYROLL]), ['bo'], 'owner')).toEqual([]);
    const focus = { services: ['payroll'], model: null };
    expect(hoursBehindRows(viewOf([PAYROLL], { focus }), ['bo'], 'owner')).toHaveLength(1);
    expect(hoursBehindRows(viewOf([freeze()]), ['bo', 'none'], 'owner')).toHaveLength(2);
  });
});
