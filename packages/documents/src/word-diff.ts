/** Longest common part of two sequences, as the places that stay. */

/** Above this many comparisons the middle of two sequences counts as wholly other. */
const COMPARISONS_AT_MOST = 4_000_000;

/** A stretch that both sequences have: from `before` in one and `after` in the other. */
export interface Kept {
  readonly before: number;
  readonly after: number;
  readonly length: number;
}

/** What two sequences share, in order, as few and long stretches as the longest common sequence has. */
export function keptBetween<Item>(before: readonly Item[], after: readonly Item[]): readonly Kept[] {
  let head = 0;
  const shorter = Math.min(before.length, after.length);
  while (head < shorter && before[head] === after[head]) head += 1;
  let tail = 0;
  // a common end may be the wrong one of two: "One." and "One. Two." end alike, so it is set aside only for speed
  const small = (before.length - head) * (after.length - head) <= COMPARISONS_AT_MOST;
  while (
    !small &&
    tail < shorter - head &&
    before[before.length - 1 - tail] === after[after.length - 1 - tail]
  )
    tail += 1;
  const middle = keptInMiddle(
    before.slice(head, before.length - tail),
    after.slice(head, after.length - tail),
    head,
  );
  return [
    { before: 0, after: 0, length: head },
    ...middle,
    { before: before.length - tail, after: after.length - tail, length: tail },
  ].filter(({ length }) => length > 0);
}

function keptInMiddle<Item>(
  before: readonly Item[],
  after: readonly Item[],
  offset: number,
): readonly Kept[] {
  if (before.length * after.length > COMPARISONS_AT_MOST) return [];
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i -= 1) {
    for (let j = after.length - 1; j >= 0; j -= 1) {
      const below = lengths[(i + 1) * width + j] ?? 0;
      const beside = lengths[i * width + j + 1] ?? 0;
      const both = (lengths[(i + 1) * width + j + 1] ?? 0) + 1;
      lengths[i * width + j] = before[i] === after[j] ? both : Math.max(below, beside);
    }
  }
  const kept: Kept[] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    if (before[i] === after[j]) {
      kept.push({ before: offset + i, after: offset + j, length: 1 });
      i += 1;
      j += 1;
    } else if ((lengths[(i + 1) * width + j] ?? 0) >= (lengths[i * width + j + 1] ?? 0)) i += 1;
    else j += 1;
  }
  return kept;
}
