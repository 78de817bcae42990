/**
 * The long form of the sync suite: more seeds, more rounds, more frames. It says every half minute how far it is, and
 * leaves what it did in `test/bench/results/fuzz.json` and in the page of results.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { keepFuzzRun } from './fuzz-report.ts';
import { describeMeasures, readMeasures } from './measures.ts';
import { runSuite } from './run-suite.ts';
import { describeCounts } from './suite.ts';
import { UNIT_PROJECTS, vitestCommand } from './suites.ts';

/** Long enough for a run of any length that somebody waits for. */
const TIMEOUT_MS = 3_600_000;
const RUNS = '1000';
const TELL_EVERY_MS = 30_000;

/** MUSTER_FUZZ_RUNS says how much (1000 is the whole), MUSTER_FUZZ_SEED runs one seed again, paths choose files. */
export async function runFuzz(args: readonly string[]): Promise<number> {
  process.env['MUSTER_FUZZ_RUNS'] ??= RUNS;
  const folder = mkdtempSync(join(tmpdir(), 'muster-fuzz-'));
  const file = join(folder, 'measures.jsonl');
  process.env['MUSTER_FUZZ_MEASURES'] = file;
  const startedAt = new Date();
  const minutes = (): string => ((Date.now() - startedAt.getTime()) / 60_000).toFixed(1);
  const told = setInterval(
    () => tell(`${minutes()} min: ${describeMeasures(readMeasures(file))}`),
    TELL_EVERY_MS,
  );
  const paths = args.some((arg) => !arg.startsWith('-'))
    ? args
    : [
        'test/sync',
        'packages/sync/src/server/interleavings',
        'server/src/store/sqlite/flipped-bytes',
        'web/src/lib/live/saving.property',
        ...args,
      ];
  const command = vitestCommand(UNIT_PROJECTS, [`--testTimeout=${TIMEOUT_MS}`, ...paths]);
  const { counts } = await runSuite(
    { name: 'long sync fuzz', commands: [command], counts: 'vitest' },
    { show: true },
  );
  clearInterval(told);
  const measures = readMeasures(file);
  rmSync(folder, { recursive: true, force: true });
  keepFuzzRun({
    startedAt: startedAt.toISOString(),
    commit: commitOf(root),
    minutes: Number(minutes()),
    runs: Number(process.env['MUSTER_FUZZ_RUNS']),
    seed: process.env['MUSTER_FUZZ_SEED'] ?? 'pinned',
    files: args.filter((arg) => !arg.startsWith('-')),
    machine: {
      processors: cpus().length,
      model: cpus()[0]?.model,
      memoryBytes: totalmem(),
      node: process.version,
    },
    passed: counts.passed,
    failed: counts.failed,
    measures,
  });
  tell(describeMeasures(measures));
  if (counts.failed > 0) {
    tell('A title names its seed: MUSTER_FUZZ_SEED=<seed> pnpm test:fuzz <file> runs it again, alone.');
  }
  tell(describeCounts(counts));
  return counts.failed === 0 ? 0 : 1;
}

function commitOf(folder: string): string | null {
  const { status, stdout } = spawnSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return status === 0 ? stdout.trim() : null;
}

function tell(line: string): void {
  process.stdout.write(`${line}\n`);
}
