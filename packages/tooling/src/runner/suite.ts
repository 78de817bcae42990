/** What the runner knows of a suite, and what it learns from running one. */

/** A program to run. Its working folder is the root unless `cwd` names a folder below it. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd?: string;
}

export interface Suite {
  readonly name: string;
  /** Run in turn; the first that fails ends the suite. */
  readonly commands: readonly Command[];
  /** Whose JSON report tells the counts. A `check` has none: it counts as one test. */
  readonly counts: 'check' | 'vitest' | 'playwright';
  readonly needsBrowser?: boolean;
}

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Sums the counts of several suites. */
export function addCounts(all: readonly Counts[]): Counts {
  return {
    passed: all.reduce((sum, counts) => sum + counts.passed, 0),
    failed: all.reduce((sum, counts) => sum + counts.failed, 0),
    skipped: all.reduce((sum, counts) => sum + counts.skipped, 0),
  };
}

/** The plain closing line that people and machines read: `12 passed, 0 failed, 1 skipped`. */
export function describeCounts({ passed, failed, skipped }: Counts): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
