/** What a problem is told of other processes, as plain facts: whoever calls the rules looks them up. */
import type { ItemId, RecordId } from '../shared/index.ts';
import type { ProblemAct } from './acts.ts';
import type { Problem } from './problem.ts';

export interface ProblemFacts {
  /** Whether an incident that an act names may be named: it is there, its author may read it, and so may everybody. */
  readonly mayName: (incident: RecordId) => boolean;
  /** Whether the author of an act may read an incident that it names. */
  readonly mayRead: (incident: RecordId) => boolean;
  /** Whether a linked incident is still worked on, whoever may read it. */
  readonly isOpen: (incident: RecordId) => boolean;
  /** Whether a change that an act names is there, and its author may read it. */
  readonly hasChange: (change: RecordId) => boolean;
  /** Whether something is a service or a configuration item. */
  readonly hasItem: (item: ItemId) => boolean;
}

/** Of which records the facts are looked at. */
export interface FactsNeeded {
  /** That an act names. */
  readonly incidents: readonly RecordId[];
  /** That are linked, and of which it matters whether they are open. */
  readonly linked: readonly RecordId[];
  readonly changes: readonly RecordId[];
  readonly items: readonly ItemId[];
}

const NONE: FactsNeeded = { incidents: [], linked: [], changes: [], items: [] };

export function factsNeeded(problem: Problem | null, act: ProblemAct): FactsNeeded {
  switch (act.verb) {
    case 'create': {
      const { incident } = act.origin;
      const incidents = incident === null ? act.incidents : [incident, ...act.incidents];
      return { ...NONE, incidents, items: act.fields.items };
    }
    case 'edit':
      return { ...NONE, items: act.fields.items ?? [] };
    case 'link-incident':
    case 'unlink-incident':
      return { ...NONE, incidents: [act.incident] };
    case 'link-change':
      return { ...NONE, changes: [act.change] };
    case 'communicate-workaround':
      return { ...NONE, linked: (problem?.incidents ?? []).filter((incident) => incident !== null) };
    default:
      return NONE;
  }
}
