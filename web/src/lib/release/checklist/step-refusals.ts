/** Why an act on a step was refused, with the steps by their titles: what a refusal alone cannot name. */
import type { PhaseState, ReleaseRefusalFacts } from '@muster/domain/release';
import type { RefusalContent } from '@muster/domain/shared';
import { releaseRefusalWords } from '#lib/wording/release-refusals.ts';
import { sentence } from '#lib/wording/say.ts';
import type { Say } from '#lib/wording/say.ts';

export interface SayStep extends Say {
  /** The title of a step. */
  step(id: unknown): string;
  phase(id: unknown): string;
}

type Reason =
  | 'step-waits'
  | 'step-followed'
  | 'step-cycle'
  | 'step-done'
  | 'no-such-step'
  | 'phase-not-running'
  | 'past-no-return'
  | 'release-fixed';

/** Facts as they arrive: another version of the server may leave some out. */
type Wording = {
  readonly [Each in Reason]: (facts: Partial<ReleaseRefusalFacts[Each]>, say: SayStep) => string;
};

const WORDING: Wording = {
  'step-waits': ({ for: open = [] }, say) => `It waits for ${steps(open, say)}.`,
  'step-followed': ({ by = [] }, say) => `${sentence(steps(by, say))} came after it. Take that back first.`,
  'step-cycle': ({ steps: circle = [] }, say) =>
    `Steps would wait for each other in a circle: ${circle.map((id) => say.step(id)).join(' → ')}.`,
  'step-done': ({ by, at }, say) =>
    `${sentence(say.person(by))} did it at ${say.time(at)}; it stays as it is.`,
  'no-such-step': ({ by }, say) =>
    by === undefined ? 'This step is not there any more.' : `${sentence(say.person(by))} dropped this step.`,
  'phase-not-running': ({ phase, state, by }, say) =>
    by === undefined
      ? `${say.phase(phase)} is ${NOT_RUNNING[state ?? 'pending']}.`
      : `${sentence(say.person(by))} restarted ${say.phase(phase)} meanwhile: what was done in the round before does not count.`,
  'past-no-return': ({ step, by, at }, say) =>
    `There is no way back since ${say.person(by)} did ${say.step(step)} at ${say.time(at)}.`,
  'release-fixed': () => 'As far as the release has come, this cannot be done.',
};

/** In progress and yet not run: the release has left its stage. */
const NOT_RUNNING: Readonly<Record<PhaseState, string>> = {
  pending: 'not in progress yet',
  in_progress: 'not worked on any more',
  completed: 'completed',
};

export function stepRefusalWords(refusal: RefusalContent, say: SayStep): string {
  const reason = refusal.code.slice('release/'.length);
  if (!refusal.code.startsWith('release/') || !Object.hasOwn(WORDING, reason))
    return releaseRefusalWords(refusal, say);
  // the table pairs each reason with its own facts; the pair cannot be named for a reason found at run time
  const words = WORDING[reason as Reason] as (facts: RefusalContent, say: SayStep) => string;
  return words(refusal, say);
}

function steps(ids: readonly string[], say: SayStep): string {
  const [first, ...others] = ids;
  if (first === undefined) return 'other steps';
  const { length } = others;
  if (length === 0) return say.step(first);
  return `${say.step(first)} and ${length === 1 ? say.step(others[0]) : `${length} other steps`}`;
}
