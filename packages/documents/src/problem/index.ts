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
export {
  BONES,
  DRAWINGS,
  addThought,
  changeThought,
  readThoughtList,
  readThoughts,
  treesOf,
} from './analysis.ts';
export type { Bone, Branch, Drawing, NewThought, Thought, ThoughtFacts } from './analysis.ts';
export { appendPlainEvents, readPlainEvents, rewritePlainEvents } from '../plain-history.ts';
