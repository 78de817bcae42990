/** What was written down for everybody about a problem, and about those that ended as duplicates of it. */
import { problemHelped } from '@muster/domain/flows';
import type { KnownError, Problem } from '@muster/domain/problem';
import type { RecordId } from '@muster/domain/shared';

/** A problem and all that went on in it: what names one of these is about it. */
export function sameProblem(
  id: RecordId,
  get: (problem: RecordId) => Pick<Problem, 'duplicates'> | undefined,
): ReadonlySet<RecordId> {
  const same = new Set([id]);
  // a set is walked on through what is added meanwhile
  for (const each of same) for (const duplicate of get(each)?.duplicates ?? []) same.add(duplicate);
  return same;
}

/** Those that tell their readers the workaround of one of these problems. */
export function published<Known extends KnownError>(
  known: readonly Known[],
  same: ReadonlySet<RecordId>,
): readonly Known[] {
  return known.filter((each) => {
    const helped = problemHelped(each);
    return helped !== null && same.has(helped);
  });
}
