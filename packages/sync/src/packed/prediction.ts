/**
 * How a column of numbers is foretold, so that what remains to be said is small: from nothing; from its own number
 * before; as the distance to another column's number in the same structure (the last change of a ticket is often its
 * last reply); or as what it was when another column last had the value that it has now (one service, one category).
 */
import type { ColumnLog } from './columns.ts';

export const FROM_NOTHING = 0;
export const FROM_BEFORE = 1;
/** From the column of index n: this and 2n for the distance, and one more for the value that went with it. */
export const FROM_COLUMNS = 2;

/** Columns that take less than this are not worth a search, in bits. */
const SMALL_BITS = 4_000;
/** Ways are compared on so many numbers out of the middle of a column. */
const SAMPLE = 500;
/** Distances are looked for between numbers as large as times. */
const LARGE = 2 ** 20;
/** A way that needs another column must be this much better. */
const WORTH = 0.97;

export interface Prediction {
  readonly mode: number;
  /** Numbers less what was foretold of them. */
  readonly residuals: readonly number[];
}

/** The cheapest way to foretell a column, of those that a reader who goes through the structures in order can follow. */
export function bestPrediction(column: ColumnLog, all: readonly ColumnLog[]): Prediction {
  const whole = { from: 0, to: column.values.length };
  let best = cheapest(column, all, [FROM_NOTHING, FROM_BEFORE], whole);
  if (best.bits < SMALL_BITS) return best;
  const middle = Math.max(0, Math.floor((whole.to - SAMPLE) / 2));
  const sample = { from: middle, to: Math.min(whole.to, middle + SAMPLE) };
  const here = cheapest(column, all, [best.mode], sample);
  const found = cheapest(column, all, modesFor(column, all), sample);
  if (found.bits < here.bits * WORTH) {
    const tried = cheapest(column, all, [found.mode], whole);
    if (tried.bits < best.bits * WORTH) best = tried;
  }
  return best;
}

interface Span {
  readonly from: number;
  readonly to: number;
}

interface Tried extends Prediction {
  readonly bits: number;
}

function cheapest(column: ColumnLog, all: readonly ColumnLog[], modes: readonly number[], span: Span): Tried {
  let best: Tried | null = null;
  for (const mode of modes) {
    const residuals = residualsOf(column, all, mode, span);
    const bits = bitsOf(residuals);
    if (best === null || bits < best.bits) best = { mode, residuals, bits };
  }
  return best ?? { mode: FROM_NOTHING, residuals: column.values, bits: Number.POSITIVE_INFINITY };
}

function modesFor(column: ColumnLog, all: readonly ColumnLog[]): number[] {
  const large = isLarge(column);
  return [...all.entries()].flatMap(([index, other]) => {
    if (other === column || other.values.length * 2 < column.values.length) return [];
    const distance = FROM_COLUMNS + 2 * index;
    return large ? (isLarge(other) ? [distance] : []) : [distance + 1];
  });
}

function residualsOf(
  column: ColumnLog,
  all: readonly ColumnLog[],
  mode: number,
  { from, to }: Span,
): number[] {
  const { values } = column;
  if (mode === FROM_NOTHING) return values.slice(from, to);
  const before = (at: number): number => values[at - 1] ?? 0;
  if (mode === FROM_BEFORE) return values.slice(from, to).map((value, at) => value - before(from + at));
  const other = all[Math.floor((mode - FROM_COLUMNS) / 2)];
  const byValue = (mode - FROM_COLUMNS) % 2 === 1;
  const remembered = new Map<number, number>();
  const residuals: number[] = [];
  let seen = 0;
  for (let at = from; at < to; at += 1) {
    const value = values[at] ?? 0;
    seen = passedBy(other, column.steps[at] ?? 0, seen);
    const near = seen > 0 && other?.rows[seen - 1] === column.rows[at] ? other?.values[seen - 1] : undefined;
    if (near === undefined) residuals.push(value - before(at));
    else if (!byValue) residuals.push(value - near);
    else {
      residuals.push(value - (remembered.get(near) ?? before(at)));
      remembered.set(near, value);
    }
  }
  return residuals;
}

/** How many numbers the other column had before a step. */
function passedBy(other: ColumnLog | undefined, step: number, from: number): number {
  let seen = from;
  const steps = other?.steps ?? [];
  if (seen === 0) {
    let high = steps.length;
    while (seen < high) {
      const middle = (seen + high) >> 1;
      if ((steps[middle] ?? 0) < step) seen = middle + 1;
      else high = middle;
    }
    return seen;
  }
  while (seen < steps.length && (steps[seen] ?? 0) < step) seen += 1;
  return seen;
}

function isLarge({ values }: ColumnLog): boolean {
  return (
    Math.abs(values[values.length >> 1] ?? 0) > LARGE || Math.abs(values[values.length >> 2] ?? 0) > LARGE
  );
}

/** What the bytes of the numbers would cost if each were said by how often it comes. */
function bitsOf(residuals: readonly number[]): number {
  const planes: Uint32Array[] = [];
  for (const residual of residuals) {
    let rest = residual < 0 ? -2 * residual - 1 : 2 * residual;
    for (let plane = 0; rest > 0; plane += 1) {
      const counts = (planes[plane] ??= new Uint32Array(256));
      const byte = rest % 256;
      if (byte > 0) counts[byte] = (counts[byte] ?? 0) + 1;
      rest = Math.floor(rest / 256);
    }
  }
  let bits = 0;
  for (const counts of planes) {
    let zeros = residuals.length;
    for (const count of counts) zeros -= count;
    counts[0] = zeros;
    for (const count of counts) if (count > 0) bits += count * Math.log2(residuals.length / count);
  }
  return bits;
}
