/** What member changes are told while their release is carried out. */
import type { Change } from '../change/index.ts';
import type { Release, ReleaseEvent } from '../release/index.ts';
import type { Instant, RecordId } from '../shared/index.ts';

/**
 * Member changes that begin because of an event of their release: all whose window it is once it is being deployed,
 * and the one that a step carries out as soon as that step is started or ticked. Whether they may begin is for the
 * rules of changes to say; what they refuse stays as it is.
 */
export function changesToBegin(
  release: Pick<Release, 'members' | 'steps' | 'state'>,
  event: ReleaseEvent,
  changes: ReadonlyMap<RecordId, Change>,
  now: Instant,
): readonly Change[] {
  if (release.state !== 'deploying') return [];
  return membersTouched(release, event).flatMap((member) => {
    const change = changes.get(member);
    return change !== undefined && mayBegin(change, now) ? [change] : [];
  });
}

/** The members that an event of a release may begin: those whose state is to be looked up. */
export function membersTouched(
  { members, steps }: Pick<Release, 'members' | 'steps'>,
  event: ReleaseEvent,
): readonly RecordId[] {
  if (event.type === 'transitioned') return event.to === 'deploying' ? members : [];
  if (event.type !== 'step-started' && event.type !== 'step-ticked') return [];
  const change = steps.find(({ id }) => id === event.step)?.change ?? null;
  return change !== null && members.includes(change) ? [change] : [];
}

function mayBegin({ state, held, begins, ends }: Change, now: Instant): boolean {
  if (state !== 'scheduled' || held !== null || begins === null || ends === null) return false;
  return begins <= now && now < ends;
}
