/** What imports of every kind ask and answer alike. */
import { z } from 'zod';
import { describe, paramsOf } from './describe.ts';
import type { RouteDescription } from './describe.ts';
import { ProblemError } from './problem.ts';

const MIB = 1024 * 1024;

export const byImport = paramsOf(z.object({ id: z.string().max(64) }));

/** Whether it is only tried: nothing is written then. */
export const dryRunAsked = z.enum(['true', 'false', '1', '0']).default('false');

export function isDryRun(asked: z.infer<typeof dryRunAsked>): boolean {
  return asked === 'true' || asked === '1';
}

/** The route that stops one. `kept` is what stands of it. */
export function describeStopping(tag: RouteDescription['tag'], kept: string) {
  return describe({
    ...{ tag, summary: `Stop an import; ${kept}`, answers: null, status: 204 },
    problems: ['forbidden', 'not-found'],
  });
}

/** @param most Bytes */
export function tooLarge(most: number): ProblemError {
  return new ProblemError('too-large', `the file is over ${most / MIB} MiB`);
}

export function missingFile(): ProblemError {
  return new ProblemError('invalid-request', 'the file is missing: send it as the body');
}
