import type { Decider } from '../shared/index.ts';
import type { ChangeAct, ChangeCommand } from './acts.ts';
import type { Change } from './change.ts';
import { decideChange } from './decide.ts';
import type { ChangeEvent } from './events.ts';
import { evolveChange } from './evolve.ts';
import { expiredBy } from './approval/ask.ts';
import type { ChangeContext } from './facts.ts';
import type { ChangeRefusal } from './refusals.ts';

export type ChangeDecider = Decider<Change, ChangeCommand, ChangeEvent, ChangeRefusal, ChangeContext>;

/** Decides and folds changes. Rules: RULES.md. */
export const change: ChangeDecider = {
  decide: decideChange,
  evolve: evolveChange,
  relatedTo: () => [],
};

/** What the clock does to a change at `now`; null for nothing. */
export function dueByClock(state: Change, now: number): ChangeAct | null {
  return expiredBy(state, now).length > 0 ? { verb: 'expire' } : null;
}
