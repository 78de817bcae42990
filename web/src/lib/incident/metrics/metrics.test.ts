import { recordId } from '@muster/domain/shared';
import { describe, expect, it } from 'vitest';
import type { MeasuredMajor } from './incident-metrics.svelte.ts';
import { metricsAsCsv } from './metrics-csv.ts';
import { monthsThrough } from './metrics-words.ts';

const NOON = Date.UTC(2026, 5, 1, 12);
const incident = (title: string): MeasuredMajor => ({
  id: recordId('R1'),
  number: 'INC-2026-00001',
  title,
  severity: 2,
  createdAt: NOON,
  declaredAt: NOON + 90_000,
  times: { detect: 90_000, acknowledge: 0, mitigate: null, resolve: 3_600_000 },
});

describe('metrics as CSV', () => {
  it('has a line an incident, with empty cells for what was not reached', () => {
    expect(metricsAsCsv([incident('Mail "down", all')])).toBe(
      [
        'number,title,severity,opened,declared,detect (min),acknowledge (min),mitigate (min),resolve (min)',
        '"INC-2026-00001","Mail ""down"", all",SEV-2,2026-06-01T12:00:00.000Z,2026-06-01T12:01:30.000Z,1.5,0.0,,60.0',
        '',
      ].join('\r\n'),
    );
  });

  it('is no formula to a spreadsheet', () => {
    expect(metricsAsCsv([incident('=1+1')])).toContain(`,"'=1+1",`);
  });
});

describe('months of a plot', () => {
  it('pass over none between the first and the last', () => {
    expect(monthsThrough('2026-11', '2027-02')).toEqual(['2026-11', '2026-12', '2027-01', '2027-02']);
    expect(monthsThrough('2026-11', '2026-11')).toEqual(['2026-11']);
  });
});
