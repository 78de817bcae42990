import type { Priority } from './priority.ts';
import type { Severity } from './ticket/major.ts';

/** A rule kept as data: what an incident must be to become a major one by itself. All that is stated must hold. */
export interface MajorRule {
  readonly id: string;
  readonly name: string;
  /** The service is at least this critical to the business (1 the most). */
  readonly criticality: 1 | 2 | 3 | 4 | null;
  /** The priority is at least this high (1 the highest). */
  readonly priority: Priority | null;
  /** It has more children than this. */
  readonly moreChildrenThan: number | null;
  /** A rule that declares needs somebody to command: the owner or the team's lead. Without one it proposes. */
  readonly then: 'propose' | 'declare';
  readonly severity: Severity;
}

/** Until an organisation sets its own: both propose, so that a person decides. */
export const DEFAULT_MAJOR_RULES: readonly MajorRule[] = [
  {
    id: 'critical-service',
    name: 'Priority 1 on a service that the business cannot do without',
    criticality: 1,
    priority: 1,
    moreChildrenThan: null,
    then: 'propose',
    severity: 2,
  },
  {
    id: 'many-children',
    name: 'More than five incidents with one cause',
    criticality: null,
    priority: null,
    moreChildrenThan: 5,
    then: 'propose',
    severity: 3,
  },
];
