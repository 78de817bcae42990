import { MAX_INCIDENTS, isOverProblem, namedIncidents } from '@muster/domain/problem';
import type { ProblemAct } from '@muster/domain/problem';
import { serviceId } from '@muster/domain/shared';
import type { ItemId, PersonId, RecordId, TeamId } from '@muster/domain/shared';
import type { ProblemRow } from '#lib/live/problem/live-problems.ts';
import type { Evidence } from './trend-answers.ts';
import { counted } from './trend-words.ts';

/** Something that a trend shows, as far as a problem begins with it. */
export interface Shown {
  readonly title: string;
  readonly service: string | null;
  readonly items: readonly ItemId[];
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

/** An open problem that has half of them or more: there is little to gain from another one. */
export interface Holder {
  readonly problem: ProblemRow;
  readonly count: number;
}

/** The one that holds most of them first. */
export function holdersOf({ ids }: Evidence, problems: readonly ProblemRow[]): readonly Holder[] {
  const own = new Set<RecordId>(ids);
  return problems
    .filter((problem) => !isOverProblem(problem))
    .map((problem) => ({ problem, count: namedIncidents(problem).filter((id) => own.has(id)).length }))
    .filter(({ count }) => count > 0 && count * 2 >= own.size)
    .toSorted((one, other) => other.count - one.count);
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
      items: shown.items,
      ...{ team, owner, impact: 2, urgency: 2, major: false, workaround: '', fix: '' },
    },
    origin: { kind: 'trend', incident: null, evidence: linked === null ? because : `${because} ${linked}.` },
    incidents: shown.evidence.linkable.slice(0, MAX_INCIDENTS),
  };
}
