const SHORTEST_START = 4;
const ALIKE = 0.6;

/** The same word but for an ending. */
export function isAlike(one: string, other: string): boolean {
  if (one === other) return true;
  // of each pair of words this is asked, and few pairs come further
  if (one[0] !== other[0]) return false;
  const least = Math.ceil(Math.max(SHORTEST_START, ALIKE * Math.max(one.length, other.length)));
  return one.slice(0, least) === other.slice(0, least);
}

/** Whether a word is among others, but for its ending. */
export function isAmong(word: string, others: ReadonlySet<string>): boolean {
  if (others.has(word)) return true;
  for (const other of others) if (isAlike(word, other)) return true;
  return false;
}
