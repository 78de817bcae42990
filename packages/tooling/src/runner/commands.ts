/** What each root script does. A command gets the arguments after its name and returns an exit code. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { runDev } from './dev.ts';
import { ensureBrowser } from './ensure-browser.ts';
import { runAll } from './run-all.ts';
import { runFuzz } from './run-fuzz.ts';
import { runCommand } from './run-suite.ts';
import type { Command } from './suite.ts';
import {
  buildSuite,
  componentSuite,
  formatCommand,
  journeySuite,
  lintCommand,
  sizeSuite,
  staticSuites,
  UNIT_PROJECTS,
  unitSuite,
  vitestCommand,
} from './suites.ts';

export type RootCommand = (args: readonly string[]) => Promise<number>;

const staticStage = () => ({ suites: staticSuites(), atOnce: 2 });
const stageOf = (...suites: (typeof unitSuite)[]) => ({ suites, atOnce: 1 });

/**
 * The unit tests wait for servers half of their time, in which everything else is checked, and the client built and
 * tested: in turn, as checking the client's types writes what its build reads.
 */
const testStage = () => {
  const [typesOfWeb, ...checks] = staticSuites();
  return {
    suites: [unitSuite, typesOfWeb, buildSuite, sizeSuite, componentSuite, ...checks],
    atOnce: 2,
    shown: unitSuite,
  };
};

/** A journey that fails is tried once more, and named as flaky when it then passes: CI is not the place to mend it. */
const journeyStage = () => stageOf(journeySuite(['--retries=1']));

async function runTest(): Promise<number> {
  return runAll([testStage(), journeyStage()]);
}

async function runCheck(): Promise<number> {
  return runAll([staticStage(), stageOf(unitSuite)]);
}

async function runJourneys(args: readonly string[]): Promise<number> {
  return runAll([stageOf(buildSuite, journeySuite(['--trace=retain-on-failure', ...args]))]);
}

async function runFix(args: readonly string[]): Promise<number> {
  const paths = args.length > 0 ? args : ['.'];
  return runInTurn([lintCommand(['--fix'], paths), formatCommand('--write', paths)]);
}

/** Tests of one vitest project by path: `pnpm unit packages/domain`, `pnpm unit --project=browser web`. */
async function runUnit(args: readonly string[]): Promise<number> {
  const names = args.some((arg) => arg.startsWith('--project'));
  if (args.includes('--project=browser')) ensureBrowser();
  return runInTurn([vitestCommand(names ? [] : UNIT_PROJECTS, args)]);
}

/** Runs each `test/bench/*.bench.ts`, or those whose name contains the first argument. */
async function runBench([wanted = '', ...rest]: readonly string[]): Promise<number> {
  const folder = join('test', 'bench');
  const files = readdirSync(join(root, folder)).filter(
    (name) => name.endsWith('.bench.ts') && name.includes(wanted),
  );
  return runInTurn(files.sort().map((file) => ({ program: 'node', args: [join(folder, file), ...rest] })));
}

async function runInTurn(commands: readonly Command[]): Promise<number> {
  let exitCode = 0;
  for (const command of commands) {
    const { succeeded } = await runCommand(command, '', true);
    if (!succeeded) exitCode = 1;
  }
  return exitCode;
}

export const commands: Readonly<Record<string, RootCommand>> = {
  test: runTest,
  check: runCheck,
  'test:e2e': runJourneys,
  'test:fuzz': runFuzz,
  fix: runFix,
  unit: runUnit,
  bench: runBench,
  dev: runDev,
};
