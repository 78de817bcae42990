/** How changes live in their documents: fetched by whoever looks at changes, and by nobody else. */
export { planDigest, planDigests } from './plan-digest.ts';
export {
  decodeChange,
  encodeChange,
  readChanges,
  removeChange,
  rewriteChange,
  seedChangeBoard,
  writeChange,
} from './row.ts';
export {
  NO_CHANGE_RULES,
  readChangeRules,
  readRules,
  writeChangeRules,
  writeRule,
  writeRules,
} from './rules.ts';
export type { ChangeRules, ChangeSettings, RuleRoot } from './rules.ts';
export { appendPlainEvents, readPlainEvents, rewritePlainEvents } from '../plain-history.ts';
