/** Running one suite: its programs in turn, timed, with its output shown or kept. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { readCounts } from './reports.ts';
import type { Command, Counts, Suite } from './suite.ts';

export interface SuiteResult {
  readonly suite: Suite;
  readonly counts: Counts;
  readonly durationMs: number;
  /** What the suite printed, where it was kept rather than shown. */
  readonly output: string;
}

/** Runs a suite. `show` lets its output through as it comes; otherwise the result holds it. */
export async function runSuite(suite: Suite, { show }: { show: boolean }): Promise<SuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), 'muster-suite-'));
  const reportFile = join(folder, 'report.json');
  const startedAt = performance.now();
  const outputs: string[] = [];
  let succeeded = true;
  for (const command of suite.commands) {
    const end = await runCommand(withReport(suite, command, reportFile), reportFile, show);
    outputs.push(end.output);
    succeeded = end.succeeded;
    if (!succeeded) break;
  }
  const counts = readCounts(suite.counts, reportFile, succeeded);
  rmSync(folder, { recursive: true, force: true });
  return { suite, counts, durationMs: performance.now() - startedAt, output: outputs.join('') };
}

/** Asks a test tool for its JSON report, beside what it prints for people. */
function withReport({ counts }: Suite, command: Command, reportFile: string): Command {
  if (counts === 'vitest') {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
    return { ...command, args: [...command.args, ...reporters] };
  }
  if (counts === 'playwright') return { ...command, args: [...command.args, '--reporter=list,json'] };
  return command;
}

/** Runs a program to its end; it never rejects: a program that cannot start has failed. */
export function runCommand(
  { program, args, cwd = '.' }: Command,
  reportFile: string,
  show: boolean,
): Promise<{ succeeded: boolean; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: join(root, cwd),
      env: { ...plainOutput(program), ...process.env, PLAYWRIGHT_JSON_OUTPUT_NAME: reportFile },
      stdio: ['ignore', show ? 'inherit' : 'pipe', show ? 'inherit' : 'pipe'],
      shell: process.platform === 'win32',
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', (error) => chunks.push(Buffer.from(`${error.message}\n`)));
    child.on('close', (code) => {
      resolve({ succeeded: code === 0, output: Buffer.concat(chunks).toString('utf8') });
    });
  });
}

/** Logs stay free of colour codes. Playwright colours by its own rule and warns of any other. */
function plainOutput(program: string): NodeJS.ProcessEnv {
  return process.stdout.isTTY || program.endsWith('playwright') ? {} : { NO_COLOR: '1' };
}
