import type { Decider } from '../shared/index.ts';
import type { ReleaseAct, ReleaseEvent } from './acts.ts';
import type { ReleaseContext } from './case.ts';
import { decideRelease } from './decide.ts';
import { evolveRelease } from './evolve.ts';
import type { ReleaseRefusal } from './refusals.ts';
import type { Release } from './release.ts';

/** The rules of releases. Their changes come as facts of the context; no other release is needed. */
export const release: Decider<Release, ReleaseAct, ReleaseEvent, ReleaseRefusal, ReleaseContext> = {
  decide: decideRelease,
  evolve: evolveRelease,
  relatedTo: () => [],
};
