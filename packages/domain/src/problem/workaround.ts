/** Telling the incidents of a problem what helps until it is fixed (A3 row 4). */
import { SYSTEM } from '../shared/index.ts';
import type { RecordId } from '../shared/index.ts';
import { no, yes } from './case.ts';
import type { ProblemAnswer, ProblemCase } from './case.ts';
import type { ProblemFacts } from './facts.ts';
import { namedIncidents } from './problem.ts';
import type { Problem } from './problem.ts';

/** The open incidents that do not have the workaround as it reads now. */
export function toTell(problem: Problem, { isOpen }: Pick<ProblemFacts, 'isOpen'>): readonly RecordId[] {
  const { told, workaround } = problem;
  const known = new Set(told?.text === workaround ? told.incidents : []);
  return namedIncidents(problem).filter((incident) => !known.has(incident) && isOpen(incident));
}

/** The open incidents of a known error whose callers have not heard the workaround as it reads now. */
export function callersToTell(
  problem: Problem,
  { isOpen }: Pick<ProblemFacts, 'isOpen'>,
): readonly RecordId[] {
  const { told, workaround, knownError } = problem;
  if (!knownError) return [];
  const known = new Set(told?.text === workaround ? told.callers : []);
  return namedIncidents(problem).filter((incident) => !known.has(incident) && isOpen(incident));
}

/** Told again, it goes to those alone that came since, unless its words are others. */
export function decideCommunicate({ problem, context }: ProblemCase): ProblemAnswer {
  const { workaround, incidents, told } = problem;
  if (workaround === '') return no('no-workaround', {});
  const some = toTell(problem, context.facts);
  const callers = callersToTell(problem, context.facts);
  // one that may not be named here may be open: the server knows
  if (some.length === 0 && callers.length === 0 && !incidents.includes(null))
    return no('nobody-to-tell', { told: told?.text === workaround ? told.incidents.length : 0 });
  const heard = callers.length > 0 && { callers };
  return yes([{ type: 'workaround-communicated', text: workaround, incidents: some, ...heard }]);
}

/** A known error is a problem whose workaround is published: the system has seen where, whoever says so writes it down. */
export function decideKnownError(
  { problem, context }: ProblemCase,
  { known }: { readonly known: boolean },
): ProblemAnswer {
  if (problem.knownError === known) return no('nothing-to-change', { field: 'knownError' });
  if (known && problem.workaround === '' && context.actor.id !== SYSTEM) return no('no-workaround', {});
  return yes([{ type: 'known-error-marked', known }]);
}
