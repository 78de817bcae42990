/** What most of many have. */

/** What so many of a group have, it shares. */
export const SHARED = 0.6;

/** The values that most of the lists have, the most frequent first. */
export function inMost<Value>(
  lists: readonly (readonly Value[])[],
): readonly { readonly value: Value; readonly count: number }[] {
  const counts = new Map<Value, number>();
  for (const value of lists.flat()) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count >= SHARED * lists.length)
    .map(([value, count]) => ({ value, count }))
    .toSorted((one, other) => other.count - one.count);
}
