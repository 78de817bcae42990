/**
 * Which planned values that were refused are worth another try: those for which what was applied meanwhile can have
 * cleared the way, so that the tries of a change grow with its values and not with their square.
 */
import type { PlannedAttempt } from '@muster/domain/flows';
import type { RefusalContent } from '@muster/domain/shared';

/** Items by their ids, and the mark of a relation that is gone, which may have closed a circle anywhere. */
export type Touched = ReadonlySet<string>;

const A_RELATION_GONE = 'relation.remove';

/** What is no longer as it was once the attempts were applied. */
export function touchedBy(attempts: readonly PlannedAttempt[]): Touched {
  return new Set(attempts.flatMap((attempt) => [...namedBy(attempt), attempt.type]));
}

/** @param why null where the command was refused for no reason that names anything */
export function mayBeClear(attempt: PlannedAttempt, why: RefusalContent | null, touched: Touched): boolean {
  // one who has what it wants is named: nothing else is in the way
  const holder = why !== null && 'item' in why && typeof why.item === 'string' ? why.item : null;
  if (holder !== null && holder !== attempt.target) return touched.has(holder);
  if (attempt.type === 'relation.add' && touched.has(A_RELATION_GONE)) return true;
  return namedBy(attempt).some((id) => touched.has(id));
}

/** The items that it is about: what was planned for one that was joined is of the one that stays. */
function namedBy({ target, values, args }: PlannedAttempt): readonly string[] {
  const ends = Object.entries(args).flatMap(([name, id]) =>
    name === 'from' || name === 'to' ? [String(id)] : [],
  );
  return values.flatMap((value) =>
    'item' in value ? (target ?? value.item) : [value.from, value.to, ...ends],
  );
}
