/** How releases live in their documents: fetched by whoever looks at releases, and by nobody else. */
export { readPhase, readRelease, readStep, readStepIds, writeRelease } from './document.ts';
export type { ReleaseMemo } from './document.ts';
export {
  readReleaseRow,
  readReleaseRows,
  releaseOfKey,
  removeReleaseRow,
  rowOfRelease,
  seedReleaseBoard,
  writeReleaseRow,
} from './row.ts';
export type { ReleaseRow } from './row.ts';
export { appendPlainEvents, readPlainEvents } from '../plain-history.ts';
