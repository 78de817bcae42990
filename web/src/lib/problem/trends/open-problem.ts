import { MAX_INCIDENTS } from '@muster/domain/problem';
import type { ProblemAct } from '@muster/domain/problem';
import { serviceId } from '@muster/domain/shared';
import type { PersonId, TeamId } from '@muster/domain/shared';
import type { Evidence } from './trend-answers.ts';
import { counted } from './trend-words.ts';

/** Something that a trend shows, as far as a problem begins with it. */
export interface Shown {
  readonly title: string;
  readonly service: string | null;
  readonly evidence: Evidence;
  /** What it rests on, in words. */
  readonly because: string;
}

/** What everybody may read who reads problems: words of restricted records are not among it. */
function openWords({ title, because, evidence }: Shown): Pick<Shown, 'title' | 'because'> {
  const { ids, linkable, count } = evidence;
  if (linkable.length === ids.length) return { title, because };
  return {
    title: linkable.length === 0 ? 'Something that happens again' : title,
    because: `${counted(count)} alike, some of them restricted.`,
  };
}

/** How many of them are linked, where it is not all: what is restricted, and the oldest of very many, is not. */
export function linkedWords({ evidence: { linkable, count } }: Pick<Shown, 'evidence'>): string | null {
  const linked = Math.min(linkable.length, MAX_INCIDENTS);
  return linked >= count ? null : `${linked} of ${count} linked`;
}

/** The act that opens a problem from what a trend shows, owned by whoever opens it. */
export function problemFrom(shown: Shown, owner: PersonId, team: TeamId | null): ProblemAct {
  const { title, because } = openWords(shown);
  const linked = linkedWords(shown);
  return {
    verb: 'create',
    fields: {
      title,
      service: shown.service === null ? null : serviceId(shown.service),
      ...{ items: [], team, owner, impact: 2, urgency: 2, major: false, workaround: '', fix: '' },
    },
    origin: { kind: 'trend', incident: null, evidence: linked === null ? because : `${because} ${linked}.` },
    incidents: shown.evidence.linkable.slice(0, MAX_INCIDENTS),
  };
}
