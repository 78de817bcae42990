/** Counts and times of a long run, gathered over all test processes: one line of JSON each, summed by the runner. */
import { appendFileSync } from 'node:fs';

/** Adds to a count of the run, such as `kill rounds`. Without MUSTER_FUZZ_MEASURES nothing is kept. */
export function note(what: string, count: number): void {
  write({ what, count });
}

/** A time in ms that the run tells with its median and maximum. */
export function noteTime(what: string, ms: number): void {
  write({ what, ms });
}

function write(line: object): void {
  const file = process.env['MUSTER_FUZZ_MEASURES'];
  if (file !== undefined) appendFileSync(file, `${JSON.stringify(line)}\n`);
}
