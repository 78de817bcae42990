/** An incident that was merged into another causes nothing any more by itself: its problems name the one that goes on. */
import { isOverProblem } from '../problem/index.ts';
import type { Problem, ProblemAct } from '../problem/index.ts';
import { isRestricted } from '../shared/index.ts';
import type { RecordId, Ticket } from '../shared/index.ts';

/**
 * What is done with a problem that may name an incident which was merged.
 *
 * @param survivor The incident that it went on in
 */
export function onceMerged(problem: Problem, merged: RecordId, survivor: Ticket): readonly ProblemAct[] {
  if (isOverProblem(problem) || !problem.incidents.includes(merged)) return [];
  const isLinked = problem.incidents.includes(survivor.id);
  // one that not everybody may know of is linked by nobody; what was merged then stays, so that the link is not lost
  if (!isLinked && isRestricted(survivor)) return [];
  return [
    { verb: 'unlink-incident', incident: merged },
    ...(isLinked ? [] : [{ verb: 'link-incident', incident: survivor.id } as const]),
  ];
}
