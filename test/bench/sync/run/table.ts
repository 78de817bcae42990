/** A scenario's outcome as a table of medians, with minimum and maximum where it was repeated. */
import { quantile } from '../../report.ts';
import type { Column } from '../scenarios/scenario.ts';
import type { Outcome } from './measure.ts';

export interface Range {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function rangeOf(values: readonly number[]): Range {
  return { median: middleOf(values), min: quantile(values, 0), max: quantile(values, 1) };
}

/** Of an even number, what lies between the two in the middle. */
function middleOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(half)] ?? Number.NaN) + (sorted[Math.ceil(half)] ?? Number.NaN)) / 2;
}

/** The values of a column for a server; none where it has no such number. */
export function valuesOf({ runs }: Outcome, server: string, column: string): readonly number[] {
  const figures = [...runs].find(([name]) => name === server)?.[1] ?? [];
  return figures.flatMap((each) => each[column] ?? []);
}

export function tableOf(outcome: Outcome): string {
  const { columns } = outcome.scenario;
  const rows = [...outcome.runs.keys()].map((server) => [
    server,
    ...columns.map((column) => cell(valuesOf(outcome, server, column.name), column)),
  ]);
  return markdownTable(['', ...columns.map(({ unit }) => unit)], rows);
}

export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, index) =>
    Math.max(title.length, ...rows.map((row) => row[index]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text, index) => text.padEnd(widths[index] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}

function cell(values: readonly number[], { digits }: Column): string {
  if (values.length === 0) return '';
  const { median, min, max } = rangeOf(values);
  const told = inDigits(digits);
  return values.length === 1 ? told(median) : `${told(median)} (${told(min)} to ${told(max)})`;
}

const inDigits =
  (digits: number) =>
  (value: number): string =>
    Number.isFinite(value)
      ? value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
      : 'none';
