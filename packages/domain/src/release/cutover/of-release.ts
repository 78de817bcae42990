/** The cut-over clock of a release, and what of its checklist it shows. */
import type { Instant } from '../../shared/index.ts';
import type { Step } from '../checklist/step.ts';
import type { Release } from '../release.ts';
import { CutoverClock } from './clock.ts';

/** Steps of the deployment, as they stand on the checklist. */
export function deploymentSteps({ steps, phases }: Pick<Release, 'steps' | 'phases'>): readonly Step[] {
  const deploying = new Set(phases.filter(({ stage }) => stage === 'deploying').map(({ id }) => id));
  return steps.filter(({ phase }) => deploying.has(phase));
}

/** When the deployment began, or is to begin; null as long as nobody has said. */
export function cutoverStart({
  deployingAt,
  beginsAt,
}: Pick<Release, 'deployingAt' | 'beginsAt'>): Instant | null {
  return deployingAt ?? beginsAt;
}

/** A clock to be kept with `update(deploymentSteps(release))` and `advance`, and made anew when the start moves. */
export function cutoverClock(release: Release, now: Instant): CutoverClock {
  return new CutoverClock(deploymentSteps(release), { startsAt: cutoverStart(release) ?? now, now });
}
