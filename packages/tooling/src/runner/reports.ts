/** Reading the counts of a suite from the JSON report that its test tool wrote. */
import { readFileSync } from 'node:fs';
import type { Counts, Suite } from './suite.ts';

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly numPendingTests: number;
  readonly numTodoTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly unknown[] }[];
}

interface PlaywrightReport {
  readonly stats: {
    readonly expected: number;
    readonly unexpected: number;
    readonly flaky: number;
    readonly skipped: number;
  };
}

/**
 * The counts of a finished suite. A run that failed without saying what failed (it crashed, or an error
 * escaped every test) counts as one failure, so that nothing broken ever looks green.
 */
export function readCounts(kind: Suite['counts'], reportFile: string, succeeded: boolean): Counts {
  if (kind === 'check') return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
  const counts = parseReport(kind, reportFile);
  if (!counts) return { passed: 0, failed: 1, skipped: 0 };
  return !succeeded && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

function parseReport(kind: 'vitest' | 'playwright', file: string): Counts | undefined {
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
  return kind === 'vitest'
    ? countVitest(report as VitestReport)
    : countPlaywright(report as PlaywrightReport);
}

function countVitest(report: VitestReport): Counts {
  const unloadable = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + unloadable.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
}

function countPlaywright({ stats }: PlaywrightReport): Counts {
  return { passed: stats.expected + stats.flaky, failed: stats.unexpected, skipped: stats.skipped };
}
