/** What happens to the phases of a release paced by dates because time passes. */
import type { Instant } from '../../shared/index.ts';
import type { ReleaseFacts } from '../facts.ts';
import { isMet, standingOfGate } from '../gate/standing.ts';
import type { Release } from '../release.ts';
import type { PhaseAct } from './phase.ts';

/**
 * What the clock does at `now`: completes the phase whose day has come and starts the next. One act at a time; when it
 * is done, ask again. A gate that is not met holds a phase on any day.
 */
export function phaseDueByClock(release: Release, facts: ReleaseFacts, now: Instant): PhaseAct | null {
  if (release.pace !== 'dates') return null;
  const phase = release.phases.find(({ state }) => state !== 'completed');
  if (phase === undefined || phase.stage !== release.state) return null;
  const { id, state, beginsAt, endsAt, gates } = phase;
  if (state === 'pending')
    return beginsAt !== null && beginsAt <= now ? { verb: 'start-phase', phase: id } : null;
  const isOver = endsAt !== null && endsAt <= now;
  const holds = gates.some((gate) => !isMet(standingOfGate(gate, release, facts)));
  return isOver && !holds ? { verb: 'complete-phase', phase: id } : null;
}
