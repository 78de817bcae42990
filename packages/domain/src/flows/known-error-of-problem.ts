/**
 * A problem is a known error while its workaround is published (A8). That is said by hand too, so a known error is
 * heeded when it is published and when it goes, and not in between.
 */
import { isInUse, isOverProblem } from '../problem/index.ts';
import type { KnownError, Problem, ProblemAct } from '../problem/index.ts';
import type { RecordId } from '../shared/index.ts';

type Written = Pick<KnownError, 'kind' | 'state' | 'published'>;

/** The problem whose workaround a known error tells its readers; null for none. */
export function problemHelped(it: Written | null): RecordId | null {
  return it === null ? null : (workaroundIn(it)?.problem ?? null);
}

function workaroundIn(it: Written): NonNullable<Written['published']>['content'] | null {
  const content = it.kind === 'known-error' && isInUse(it) ? (it.published?.content ?? null) : null;
  return content?.workaround === '' ? null : content;
}

/**
 * What is done with a problem once a known error of it is published.
 *
 * @param written What was written of it and of those that went on in it
 */
export function onceKnown(problem: Problem, written: readonly Written[]): readonly ProblemAct[] {
  const [said] = written.flatMap((it) => workaroundIn(it) ?? []);
  if (said === undefined) return [];
  const lacksWords = problem.workaround === '' && !isOverProblem(problem);
  return [
    ...(lacksWords ? [{ verb: 'edit', fields: { workaround: said.workaround } } as const] : []),
    ...(problem.knownError ? [] : [{ verb: 'mark-known-error', known: true } as const]),
  ];
}

/** What is done with a problem once a known error of it is retired, superseded, or about another one. */
export function noLongerKnown(problem: Problem, written: readonly Written[]): readonly ProblemAct[] {
  const isLast = written.every((it) => workaroundIn(it) === null);
  return isLast && problem.knownError ? [{ verb: 'mark-known-error', known: false }] : [];
}
