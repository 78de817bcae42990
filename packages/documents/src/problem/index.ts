/** How problems live in their documents: fetched by whoever looks at problems, and by nobody else. */
export {
  decodeProblem,
  encodeProblem,
  readProblems,
  removeProblem,
  rewriteProblem,
  seedProblemBoard,
  writeProblem,
} from './row.ts';
export { addThought, changeThought, readThoughtList, readThoughts, treesOf } from './analysis.ts';
export type { Branch, NewThought } from './analysis.ts';
export { BONES, DRAWINGS } from './thought.ts';
export type { Bone, Drawing, Thought, ThoughtFacts } from './thought.ts';
export { appendPlainEvents, readPlainEvents, rewritePlainEvents } from '../plain-history.ts';
