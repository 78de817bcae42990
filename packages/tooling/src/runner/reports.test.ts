import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readCounts } from './reports.ts';
import { addCounts, describeCounts } from './suite.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'muster-report-'));
  file = join(folder, 'report.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const writeReport = (report: unknown) => writeFileSync(file, JSON.stringify(report));
const vitestReport = (changes: object = {}) => ({
  ...{ numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1, testResults: [] },
  ...changes,
});

describe('readCounts', () => {
  test('a check counts as one test', () => {
    expect(readCounts('check', file, true)).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect(readCounts('check', file, false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test('a vitest report is counted test by test', () => {
    writeReport(vitestReport());
    expect(readCounts('vitest', file, true)).toEqual({ passed: 3, failed: 0, skipped: 2 });
  });

  test('a test file that cannot be loaded is a failure', () => {
    writeReport(vitestReport({ testResults: [{ status: 'failed', assertionResults: [] }] }));
    expect(readCounts('vitest', file, false).failed).toBe(1);
  });

  test('a run that failed without a failed test is a failure', () => {
    writeReport(vitestReport());
    expect(readCounts('vitest', file, false)).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  test('a run that crashed before its report is a failure', () => {
    expect(readCounts('vitest', file, false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test('a run that claims success without a report is a failure', () => {
    expect(readCounts('playwright', file, true)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });

  test('a playwright report is counted by its statistics', () => {
    writeReport({ stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } });
    expect(readCounts('playwright', file, false)).toEqual({ passed: 5, failed: 1, skipped: 2 });
  });
});

describe('the closing line', () => {
  test('sums the suites and names skipped tests only if there are any', () => {
    const one = { passed: 2, failed: 1, skipped: 0 };
    expect(describeCounts(addCounts([one, one]))).toBe('4 passed, 2 failed');
    expect(describeCounts({ ...one, skipped: 3 })).toBe('2 passed, 1 failed, 3 skipped');
  });
});
