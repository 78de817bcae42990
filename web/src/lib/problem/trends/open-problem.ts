import type { ProblemAct } from '@muster/domain/problem';
import { serviceId } from '@muster/domain/shared';
import type { PersonId, TeamId } from '@muster/domain/shared';
import type { Evidence } from './trend-answers.ts';

/** Something that a trend shows, as far as a problem begins with it. */
export interface Shown {
  readonly title: string;
  readonly service: string | null;
  readonly evidence: Evidence;
  /** What it rests on, in words. */
  readonly because: string;
}

/** More are not linked at once: the newest are. */
const MOST_LINKED = 50;

/** The act that opens a problem from what a trend shows, owned by whoever opens it. */
export function problemFrom(shown: Shown, owner: PersonId, team: TeamId | null): ProblemAct {
  return {
    verb: 'create',
    fields: {
      title: shown.title,
      service: shown.service === null ? null : serviceId(shown.service),
      ...{ items: [], team, owner, impact: 2, urgency: 2, major: false, workaround: '', fix: '' },
    },
    origin: { kind: 'trend', incident: null, evidence: shown.because },
    incidents: shown.evidence.linkable.slice(0, MOST_LINKED),
  };
}
