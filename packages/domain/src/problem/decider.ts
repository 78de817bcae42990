import type { Decider } from '../shared/index.ts';
import type { ProblemAct, ProblemEvent } from './acts.ts';
import type { ProblemContext } from './case.ts';
import { decideProblem } from './decide.ts';
import { evolveProblem } from './evolve.ts';
import type { Problem } from './problem.ts';
import type { ProblemRefusal } from './refusals.ts';

/** The rules of problems. Other processes come as facts of the context. */
export const problem: Decider<Problem, ProblemAct, ProblemEvent, ProblemRefusal, ProblemContext> = {
  decide: decideProblem,
  evolve: evolveProblem,
  relatedTo: (act) => (act.verb === 'step' && act.into !== undefined ? [act.into] : []),
};
