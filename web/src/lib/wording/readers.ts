import type { Say } from './say.ts';

/** Who alone may read a record: `Network, Ana Berg and Cem Aydin`; null when everybody on the staff may. */
export function readersWords(
  team: unknown,
  people: unknown,
  say: Pick<Say, 'person' | 'team'>,
): string | null {
  const named = Array.isArray(people) ? people.map((one) => say.person(one)) : [];
  const all = [...(typeof team === 'string' ? [say.team(team)] : []), ...named];
  return all.length === 0 ? null : listed(all);
}

/** `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
}
