/** How a redundancy is planned: a field for each type of relation, a number for so many of them, `60 %` for a share. */
import type { PlannedWord } from './planned-value.ts';

/** Before the id of the type of relation that a redundancy is by. */
export const REDUNDANCY_PREFIX = 'redundancy:';

interface Needed {
  readonly by: 'count' | 'percent';
  readonly minimum: number;
}

export function redundancyWord({ by, minimum }: Needed): PlannedWord {
  return by === 'count' ? minimum : `${minimum} %`;
}

/** Null for none, and for what says none. */
export function neededByWord(word: PlannedWord): Needed | null {
  if (typeof word === 'number')
    return Number.isSafeInteger(word) && word >= 1 ? { by: 'count', minimum: word } : null;
  const [, share] = /^(\d{1,3}) %$/.exec(typeof word === 'string' ? word : '') ?? [];
  const minimum = Number(share ?? 0);
  return minimum >= 1 && minimum <= 100 ? { by: 'percent', minimum } : null;
}
