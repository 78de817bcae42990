/**
 * What contributes to a problem, and what of it is its root cause. Of two root causes that were stated without knowing
 * of each other none stands: both are kept as contributing factors until the coordinator picks.
 */
import type { ActOf } from './acts.ts';
import { firstOf, isAllowed, lastUnseen, no, overtaken, tellReplaced, yes } from './case.ts';
import type { ProblemAnswer, ProblemCase } from './case.ts';
import { cleanWords } from './fields.ts';
import type { Factor, Problem } from './problem.ts';

export const MAX_FACTORS = 100;
const MAX_ID = 64;

export function decideAddFactor(kase: ProblemCase, act: ActOf<'add-factor'>): ProblemAnswer {
  const words = fitFactor(kase, act);
  return words.ok ? yes([{ type: 'factor-added', factor: act.factor, text: words.value }]) : words;
}

export function decideDropFactor(kase: ProblemCase, { factor: id }: ActOf<'drop-factor'>): ProblemAnswer {
  const { problem } = kase;
  const factor = factorOf(problem, id);
  if (factor === undefined) {
    const same = lastUnseen(kase, 'factor-dropped', (event) => event.factor === id);
    return same === undefined ? no('no-such-factor', { factor: id }) : overtaken(same);
  }
  if (problem.cause === id) return no('factor-is-cause', { factor: id });
  if (problem.contested.includes(id)) return no('cause-contested', { factors: problem.contested });
  return yes([{ type: 'factor-dropped', factor: id, text: factor.text }]);
}

export function decideStateCause(kase: ProblemCase, act: ActOf<'state-cause'>): ProblemAnswer {
  const words = fitFactor(kase, act);
  if (!words.ok) return words;
  const { problem } = kase;
  const text = words.value;
  const other =
    lastUnseen(kase, 'cause-stated', (event) => event.factor === problem.cause) ??
    lastUnseen(kase, 'cause-picked', (event) => event.factor === problem.cause);
  if (other !== undefined && sameWords(other.event.text, text)) return overtaken(other);
  const stated = { type: 'cause-stated', factor: act.factor, text } as const;
  if (problem.contested.length > 0) return yes([{ ...stated, against: problem.contested[0] ?? '' }]);
  if (other === undefined) return yes([stated]);
  const tell = tellReplaced(kase, other.actor, { field: 'cause', value: other.event.text });
  return yes([{ ...stated, against: other.event.factor }], tell);
}

/** The coordinator of a problem is its owner, or whoever manages problems. */
export function decidePickCause(kase: ProblemCase, { factor: id }: ActOf<'pick-cause'>): ProblemAnswer {
  const {
    problem,
    context: { actor },
  } = kase;
  if (problem.owner !== actor.id && !isAllowed(actor, 'problem.manage'))
    return no('not-permitted', { permission: 'problem.manage' });
  const factor = factorOf(problem, id);
  if (factor === undefined) {
    const dropped = lastUnseen(kase, 'factor-dropped', (event) => event.factor === id);
    return no('no-such-factor', { factor: id, ...firstOf(dropped) });
  }
  if (problem.cause !== id) return yes([{ type: 'cause-picked', factor: id, text: factor.text }]);
  const same = lastUnseen(kase, 'cause-picked', (event) => event.factor === id);
  return same === undefined ? no('nothing-to-change', { field: 'cause' }) : overtaken(same);
}

function fitFactor(
  { problem }: ProblemCase,
  { factor, text }: { readonly factor: string; readonly text: string },
): ReturnType<typeof cleanWords> {
  if (factor === '' || factor.length > MAX_ID) return no('invalid-value', { field: 'factor', value: factor });
  if (factorOf(problem, factor) !== undefined) return no('nothing-to-change', { field: 'factors' });
  if (problem.factors.length >= MAX_FACTORS) return no('too-many', { field: 'factors', most: MAX_FACTORS });
  return cleanWords('text', text);
}

function factorOf({ factors }: Problem, wanted: string): Factor | undefined {
  return factors.find(({ id }) => id === wanted);
}

function sameWords(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}
