/** What happens to a release because time passes. */
import type { Instant } from '../../shared/index.ts';
import type { ReleaseAct } from '../acts.ts';
import type { ReleaseFacts } from '../facts.ts';
import { phaseDueByClock } from '../phase/due.ts';
import type { Release } from '../release.ts';
import { hypercareEndsAt } from './hypercare.ts';

/**
 * What the clock does at `now`: phases paced by dates go on, and a watch that is over leads to the review once its
 * phases are completed. One act at a time; when it is done, ask again.
 */
export function releaseDueByClock(release: Release, facts: ReleaseFacts, now: Instant): ReleaseAct | null {
  return phaseDueByClock(release, facts, now) ?? reviewDue(release, now);
}

function reviewDue(release: Release, now: Instant): ReleaseAct | null {
  if (release.state !== 'hypercare') return null;
  const over = hypercareEndsAt(release);
  const isDone = release.phases.every(({ stage, state }) => stage !== 'hypercare' || state === 'completed');
  return over !== null && over <= now && isDone ? { verb: 'transition', to: 'review' } : null;
}

/** The earliest moment at which the clock may have something to do; null while it has nothing. */
export function releaseDueAt(release: Release): Instant | null {
  const watch = release.state === 'hypercare' ? hypercareEndsAt(release) : null;
  const phase = nextOfDates(release);
  if (watch === null || phase === null) return watch ?? phase;
  return Math.min(watch, phase);
}

function nextOfDates({ pace, phases, state }: Release): Instant | null {
  if (pace !== 'dates') return null;
  const phase = phases.find((each) => each.state !== 'completed');
  if (phase === undefined || phase.stage !== state) return null;
  return phase.state === 'pending' ? phase.beginsAt : phase.endsAt;
}
