import type { Problem } from '../problem.ts';
import type { KnowledgeFields } from './known-error.ts';

type Source = Pick<Problem, 'title' | 'workaround' | 'factors' | 'cause' | 'service' | 'items'>;

/** PRB-65: what a known error of a problem begins with, so that nobody writes twice what was found out already. */
export function draftOfProblem(problem: Source): Partial<KnowledgeFields> {
  const { title, workaround, factors, cause, service, items } = problem;
  const root = factors.find(({ id }) => id === cause)?.text ?? '';
  return { title, workaround, cause: root, service, items };
}
