import type { RecordId } from '../shared/index.ts';
import type { ReleaseAct } from './acts.ts';
import type { Release } from './release.ts';

/** Of which changes and incidents the facts are looked at. */
export interface FactsNeeded {
  readonly changes: readonly RecordId[];
  readonly incidents: readonly RecordId[];
}

const NONE: FactsNeeded = { changes: [], incidents: [] };

/** What a decision about an act looks at, so that a tick does not load hundreds of changes. */
export function factsNeeded(release: Release | null, act: ReleaseAct): FactsNeeded {
  const members = release?.members ?? [];
  switch (act.verb) {
    case 'add-changes':
      return { ...NONE, changes: act.changes };
    case 'note-alarm':
      return { changes: members, incidents: [act.incident] };
    case 'transition':
      return act.to === 'ready' || act.to === 'go' || act.to === 'deploying'
        ? { ...NONE, changes: members }
        : NONE;
    case 'complete-phase':
    case 'except-gate':
    case 'open-roll-call':
    case 'answer':
      return { ...NONE, changes: members };
    default:
      return NONE;
  }
}
