/**
 * Numbers over a restore. People were told numbers in the time that was lost; such a number must never name another
 * record. So the counters go on beyond all that may have been given, and what is left out is remembered: a creation
 * that is brought again gets its old number back from there (see commands/numbers.ts).
 */
import { RECORD_PROCESSES } from '@muster/domain/shared';
import type { Counter, Marker } from './marker.ts';
import type { Statements } from './statements.ts';

/** Left out beyond what is known: all that a busy desk gives before a marker that was not the last word is written. */
const NUMBERS_UNKNOWN = 1_000;

/** Raises the counters past what the replaced database may have given; `known` is the marker that it left. */
export function leaveNumbersOut(
  statements: Statements,
  known: Marker | null,
  generation: number,
  now: number,
): void {
  const margin = known?.final === true ? 0 : NUMBERS_UNKNOWN;
  for (const { process, year } of countersToRaise(statements, known, now)) {
    const first = nextOf(read(statements), process, year);
    const next = Math.max(first, nextOf(known?.counters ?? [], process, year)) + margin;
    if (next === first) continue;
    statements
      .prepare(
        `insert into counter (process, year, next) values (?, ?, ?)
         on conflict (process, year) do update set next = excluded.next`,
      )
      .run(process, year, next);
    statements
      .prepare('insert into number_gap (process, year, first, last, generation) values (?, ?, ?, ?, ?)')
      .run(process, year, first, next - 1, generation);
  }
}

/** What the marker names and what the copy counts, and the present year, which may have begun since the copy was made. */
function countersToRaise(
  statements: Statements,
  known: Marker | null,
  now: number,
): readonly Pick<Counter, 'process' | 'year'>[] {
  const year = new Date(now).getUTCFullYear();
  const present = RECORD_PROCESSES.map((process) => ({ process, year }));
  const all = [...present, ...(known?.counters ?? []), ...read(statements)];
  return all.filter((one, index) => all.findIndex((other) => isSame(one, other)) === index);
}

function isSame(a: Pick<Counter, 'process' | 'year'>, b: Pick<Counter, 'process' | 'year'>): boolean {
  return a.process === b.process && a.year === b.year;
}

function read(statements: Statements): readonly Counter[] {
  return statements.prepare('select process, year, next from counter').all() as Counter[];
}

function nextOf(counters: readonly Counter[], process: string, year: number): number {
  return counters.find((counter) => counter.process === process && counter.year === year)?.next ?? 1;
}
