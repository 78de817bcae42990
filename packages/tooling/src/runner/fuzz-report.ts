/** What long runs left: `results/fuzz.json` for machines, and the last section of `RESULTS.md` for people. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/paths.mjs';
import { describeMeasures } from './measures.ts';
import type { Measure } from './measures.ts';

/** The section begins with this line and is the last of the page; `pnpm bench sync` writes what is above it. */
const HEADING = '## The long fault suite';
const BENCH = join(root, 'test', 'bench');
const DATA = join(BENCH, 'results', 'fuzz.json');
const PAGE = join(BENCH, 'RESULTS.md');

export interface FuzzRun {
  readonly startedAt: string;
  /** What was checked out; null outside of a repository. */
  readonly commit: string | null;
  readonly minutes: number;
  /** 1000 is the whole. */
  readonly runs: number;
  readonly seed: string;
  /** None for all. */
  readonly files: readonly string[];
  readonly machine: {
    readonly processors: number;
    readonly model: string | undefined;
    readonly memoryBytes: number;
    readonly node: string;
  };
  readonly passed: number;
  readonly failed: number;
  readonly measures: readonly Measure[];
}

/** Keeps a run in the place of the last one of the same files. A run of all files replaces everything. */
export function keepFuzzRun(run: FuzzRun): void {
  const kept = run.files.length === 0 ? [] : readRuns().filter(({ files }) => !sameFiles(files, run.files));
  mkdirSync(join(BENCH, 'results'), { recursive: true });
  writeFileSync(DATA, `${JSON.stringify({ runs: [...kept, run] }, null, 2)}\n`);
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  const [above = '', section = ''] = page.split(`${HEADING}\n`);
  writeFileSync(PAGE, `${above.trim() === '' ? '' : `${above.trimEnd()}\n\n`}${sectionWith(run, section)}`);
}

/**
 * The section with a run in it. The other choices of files keep their lines as the page has them: it travels with
 * the repository, the data of a run does not.
 */
export function sectionWith(run: FuzzRun, section: string): string {
  const others = section
    .split('\n')
    .filter((line) => line.startsWith('- ') && run.files.length > 0)
    .filter((line) => !line.slice('- 2026-01-01, '.length).startsWith(`${choiceOf(run)}, effort `));
  const lines = [...others, lineOf(run)];
  return `${HEADING}\n\nWritten by \`pnpm test:fuzz [file]\`, last run of each choice of files; every value of the runs of one machine is in its \`results/fuzz.json\`.\n\n${lines.join('\n')}\n`;
}

function lineOf(run: FuzzRun): string {
  const { model = 'unknown', processors, node } = run.machine;
  const where = `${processors} x ${model}, Node ${node}, at \`${run.commit ?? 'no commit'}\``;
  const did = run.measures.length === 0 ? '' : ` ${describeMeasures(run.measures)}.`;
  return `- ${run.startedAt.slice(0, 10)}, ${choiceOf(run)}, effort ${run.runs}, seed ${run.seed}, ${run.minutes} min (${where}): **${run.passed} passed, ${run.failed} failed**.${did}`;
}

function choiceOf({ files }: FuzzRun): string {
  return files.length === 0 ? 'all files' : files.map((file) => `\`${file}\``).join(', ');
}

function readRuns(): readonly FuzzRun[] {
  if (!existsSync(DATA)) return [];
  const { runs } = JSON.parse(readFileSync(DATA, 'utf8')) as { readonly runs?: readonly FuzzRun[] };
  return runs ?? [];
}

function sameFiles(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((file, index) => file === other[index]);
}
