/** How benches tell their numbers: a table for people, a file for machines. */
import { mkdir, writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';

export interface Measurement {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'KB' | 'rows';
  /** What the product is to reach; nothing for a number that only explains. */
  readonly target?: number;
}

/** The value below which `part` (0 to 1) of the samples lie. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** Prints the table and writes `results/<name>.json` beside the benches, with the load under which it was measured. */
export async function report(name: string, measurements: readonly Measurement[]): Promise<void> {
  const load = loadavg()[0] ?? 0;
  const machine = `${cpus().length} cores, load ${load.toFixed(1)}`;
  process.stdout.write(`\n${name} (${machine})\n${measurements.map(line).join('\n')}\n`);
  const folder = new URL('results/', import.meta.url);
  await mkdir(folder, { recursive: true });
  const at = new Date().toISOString();
  const result = { name, at, cores: cpus().length, load, measurements };
  await writeFile(new URL(`${name}.json`, folder), `${JSON.stringify(result, null, 2)}\n`);
}

function line({ what, value, unit, target }: Measurement): string {
  const told = `  ${what.padEnd(60)} ${value.toFixed(1).padStart(9)} ${unit.padEnd(4)}`;
  return target === undefined ? told : `${told}  target < ${target} ${value < target ? 'reached' : 'MISSED'}`;
}
