import { describe, expect, it } from 'vitest';
import { summaryOf, weeksAsCsv, withoutGaps } from './dora-weeks.ts';
import type { Week } from './dora-weeks.ts';

const HOUR = 3_600_000;
const week = (monday: string, other: Partial<Week> = {}): Week => ({
  ...{ week: monday, deployments: 1, changeFailureRate: 0, leadTimeMs: null, restoreMs: null },
  ...other,
});

describe('weeks of measures', () => {
  it('pass over none between the first and the last, across a change of the clocks', () => {
    const weeks = withoutGaps([week('2026-10-19', { deployments: 3 }), week('2026-11-09')]);
    expect(weeks.map(({ week: monday, deployments }) => [monday, deployments])).toEqual([
      ['2026-10-19', 3],
      ['2026-10-26', 0],
      ['2026-11-02', 0],
      ['2026-11-09', 1],
    ]);
    expect(withoutGaps([])).toEqual([]);
  });

  it('come to a mean a week, a rate of all deployments, and medians', () => {
    const weeks = [
      week('2026-11-02', { deployments: 9, changeFailureRate: 0, leadTimeMs: 2 * HOUR }),
      week('2026-11-09', { deployments: 1, changeFailureRate: 1, leadTimeMs: 4 * HOUR }),
    ];
    expect(summaryOf(weeks)).toEqual({
      ...{ deployments: 5, changeFailureRate: 0.1, leadTimeMs: 3 * HOUR, restoreMs: null },
    });
    expect(summaryOf([])).toEqual({
      ...{ deployments: null, changeFailureRate: null, leadTimeMs: null, restoreMs: null },
    });
  });

  it('are a line each in CSV, with empty cells for what was not measured', () => {
    expect(weeksAsCsv([week('2026-11-02', { changeFailureRate: 0.25, leadTimeMs: 1.5 * HOUR })])).toBe(
      'week,deployments,change failure rate,lead time (h),time to restore (h)\r\n2026-11-02,1,0.2500,1.50,\r\n',
    );
  });
});
