/** The incidents that a problem causes, and the changes that are about it. */
import { SYSTEM } from '../shared/index.ts';
import type { RecordId } from '../shared/index.ts';
import type { ActOf } from './acts.ts';
import { lastUnseen, no, overtaken, yes } from './case.ts';
import type { ProblemAnswer, ProblemCase } from './case.ts';

export const MAX_INCIDENTS = 500;
export const MAX_CHANGES = 100;

/** Of two who link the same the second is shown that it is linked. */
export function decideLinkIncident(kase: ProblemCase, { incident }: ActOf<'link-incident'>): ProblemAnswer {
  const { problem, context } = kase;
  // before whether it is linked: that would tell of one that may not be read
  if (!context.facts.mayName(incident)) return no('unknown-incident', { incident });
  if (problem.incidents.includes(incident)) {
    const same = lastUnseen(kase, 'incident-linked', (event) => event.incident === incident);
    return same === undefined ? no('nothing-to-change', { field: 'incidents' }) : overtaken(same);
  }
  if (problem.incidents.length >= MAX_INCIDENTS)
    return no('too-many', { field: 'incidents', most: MAX_INCIDENTS });
  return yes([{ type: 'incident-linked', incident }]);
}

/** One that was restricted since it was linked is taken out by whoever may read it. */
export function decideUnlinkIncident(
  kase: ProblemCase,
  { incident }: ActOf<'unlink-incident'>,
): ProblemAnswer {
  const { problem, context } = kase;
  if (context.actor.id !== SYSTEM && !context.facts.mayRead(incident))
    return no('unknown-incident', { incident });
  if (problem.incidents.includes(incident)) return yes([{ type: 'incident-unlinked', incident }]);
  const same = lastUnseen(kase, 'incident-unlinked', (event) => event.incident === incident);
  return same === undefined ? no('nothing-to-change', { field: 'incidents' }) : overtaken(same);
}

export function decideLinkChange(kase: ProblemCase, { change }: ActOf<'link-change'>): ProblemAnswer {
  const { problem, context } = kase;
  if (!context.facts.hasChange(change)) return no('unknown-change', { change });
  if (problem.changes.includes(change)) {
    const same = lastUnseen(kase, 'change-linked', (event) => event.change === change);
    return same === undefined ? no('nothing-to-change', { field: 'changes' }) : overtaken(same);
  }
  if (problem.changes.length >= MAX_CHANGES) return no('too-many', { field: 'changes', most: MAX_CHANGES });
  return yes([{ type: 'change-linked', change }]);
}

export function decideUnlinkChange(kase: ProblemCase, { change }: ActOf<'unlink-change'>): ProblemAnswer {
  if (kase.problem.changes.includes(change)) return yes([{ type: 'change-unlinked', change }]);
  const same = lastUnseen(kase, 'change-unlinked', (event) => event.change === change);
  return same === undefined ? no('nothing-to-change', { field: 'changes' }) : overtaken(same);
}

/** Those of `more` that are not among `there`, each once; all those that may not be named. */
export function added<Link extends RecordId | null>(
  there: readonly Link[],
  more: readonly Link[],
): readonly Link[] {
  const known = new Set<Link>(there);
  return more.filter((each) => {
    if (each === null) return true;
    const isNew = !known.has(each);
    known.add(each);
    return isNew;
  });
}

/** What is there, and of `more` what is not. */
export function withAdded<Link extends RecordId | null>(
  there: readonly Link[],
  more: readonly Link[],
): readonly Link[] {
  return [...there, ...added(there, more)];
}
