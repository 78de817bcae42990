/** Running many suites: a heading, a duration and a result for each, and one closing line. */
import type { BrowserAnswer } from './ensure-browser.ts';
import { ensureBrowser } from './ensure-browser.ts';
import { runSuite, type SuiteResult } from './run-suite.ts';
import { addCounts, describeCounts, type Counts, type Suite } from './suite.ts';

/** Suites of one stage may run side by side; stages run one after another. */
export interface Stage {
  readonly suites: readonly Suite[];
  readonly atOnce: number;
  /** The longest of them, which shows what it does as it goes; the others are printed whole at their end. */
  readonly shown?: Suite;
}

/** Runs every stage, goes on after failures, prints the closing line and returns the exit code. */
export async function runAll(stages: readonly Stage[]): Promise<number> {
  const wantsBrowser = stages.some((stage) => stage.suites.some((suite) => suite.needsBrowser));
  const browser: BrowserAnswer = wantsBrowser ? ensureBrowser() : { found: true };
  const results: Counts[] = [];
  const failedNames: string[] = [];
  const note = ({ suite, counts }: Pick<SuiteResult, 'suite' | 'counts'>) => {
    results.push(counts);
    if (counts.failed > 0) failedNames.push(suite.name);
  };
  for (const stage of stages) {
    await runStage(stage, browser, note);
  }
  const total = addCounts(results);
  if (failedNames.length > 0) console.log(`\nFailed: ${failedNames.join('; ')}`);
  console.log(`\n${describeCounts(total)}`);
  return total.failed > 0 ? 1 : 0;
}

async function runStage(
  { suites, atOnce, shown }: Stage,
  browser: BrowserAnswer,
  note: (result: Pick<SuiteResult, 'suite' | 'counts'>) => void,
): Promise<void> {
  const queue = [...suites];
  const work = async () => {
    for (let suite = queue.shift(); suite; suite = queue.shift()) {
      if (suite.needsBrowser && !browser.found) {
        console.log(`\n== ${suite.name}\nskipped: ${browser.reason}`);
        note({ suite, counts: { passed: 0, failed: 0, skipped: 1 } });
        continue;
      }
      const show = atOnce === 1 || suite === shown;
      if (show) console.log(`\n== ${suite.name}`);
      const result = await runSuite(suite, { show });
      printResult(result, show);
      note(result);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

/** A suite that ran beside another is printed whole at its end, so that outputs do not mix. */
function printResult({ suite, counts, durationMs, output }: SuiteResult, wasShown: boolean): void {
  if (!wasShown) {
    console.log(`\n== ${suite.name}`);
    if (output.trim()) console.log(output.trimEnd());
  }
  console.log(`-- ${describeCounts(counts)} in ${(durationMs / 1000).toFixed(1)} s`);
}
