/** What a long run did, as its tests wrote it down: counts are summed, times told by their median and maximum. */
import { existsSync, readFileSync } from 'node:fs';

export type Measure =
  | { readonly what: string; readonly count: number }
  | { readonly what: string; readonly times: number; readonly medianMs: number; readonly maxMs: number };

interface Line {
  readonly what: string;
  readonly count?: number;
  readonly ms?: number;
}

/** Sums a file of lines of JSON, in the order in which each measure first came; none without a file. */
export function readMeasures(file: string): readonly Measure[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);
  return [...new Set(lines.map(({ what }) => what))].map((what) =>
    sum(
      what,
      lines.filter((line) => line.what === what),
    ),
  );
}

/** `512 kill rounds, 100,000 hostile frames`. */
export function describeMeasures(measures: readonly Measure[]): string {
  return measures
    .map((one) =>
      'count' in one
        ? `${one.count.toLocaleString('en')} ${one.what}`
        : `${one.what}: median ${Math.round(one.medianMs)} ms, at most ${Math.round(one.maxMs)} ms`,
    )
    .join(', ');
}

function sum(what: string, lines: readonly Line[]): Measure {
  const times = lines.flatMap(({ ms }) => ms ?? []).sort((a, b) => a - b);
  if (times.length === 0) return { what, count: lines.reduce((total, { count = 0 }) => total + count, 0) };
  const medianMs = times[Math.floor(times.length / 2)] ?? 0;
  return { what, times: times.length, medianMs, maxMs: times.at(-1) ?? 0 };
}
