/** The way back: until when there is one, and in which order what was done is undone (A6 row 10). */
import { alreadyDone, doneAt, lastUnseen, no, yes } from '../case.ts';
import type { ReleaseAnswer, ReleaseCase } from '../case.ts';
import { allAfter, topological } from '../checklist/graph.ts';
import { isDone } from '../checklist/step.ts';
import type { Step } from '../checklist/step.ts';
import type { Release, ReleaseState } from '../release.ts';
import { deploymentSteps } from './of-release.ts';

type Checklist = Pick<Release, 'steps' | 'phases'>;

/** The done step after which there is no way back; null while there is one. */
export function pointOfNoReturn(release: Checklist): Step | null {
  return release.steps.find((step) => step.noReturn && isDone(step)) ?? null;
}

/** It is or was rolled back: the review is reached by hypercare or by the way back. */
export function isTurnedBack({ state, hypercareAt }: Pick<Release, 'state' | 'hypercareAt'>): boolean {
  return TURNED_BACK.has(state) || (hypercareAt === null && AFTERWARDS.has(state));
}

const TURNED_BACK: ReadonlySet<ReleaseState> = new Set(['rolling_back', 'rolled_back']);
const AFTERWARDS: ReadonlySet<ReleaseState> = new Set(['review', 'completed']);

/** What is to be undone, first to last: done steps of the deployment with something to undo, the last of them first. */
export function rollbackOrder(release: Checklist): readonly Step[] {
  return topological(deploymentSteps(release))
    .filter((step) => isDone(step) && step.rollback !== '' && step.rolledBackAt === null)
    .toReversed();
}

/** A step is undone when everything that was done after it is. */
export function decideRollBackStep(kase: ReleaseCase, step: Step): ReleaseAnswer {
  const { release } = kase;
  if (release.state !== 'rolling_back')
    return no('release-fixed', { state: release.state, field: 'rollback' });
  const left = rollbackOrder(release);
  if (!left.some(({ id }) => id === step.id)) {
    const same = lastUnseen(kase, 'step-rolled-back', (event) => event.step === step.id);
    return same === undefined ? no('nothing-to-change', { field: 'rollback' }) : alreadyDone(same);
  }
  const later = allAfter(release.steps, step.id);
  const behind = left.filter(({ id }) => later.has(id)).map(({ id }) => id);
  if (behind.length > 0) return no('step-followed', { step: step.id, by: behind });
  return yes([{ type: 'step-rolled-back', step: step.id, at: doneAt(kase, null) }]);
}
