import type { PersonId } from '../../shared/index.ts';
import { unreachable } from '../../shared/index.ts';
import type { Release } from '../release.ts';
import { standingOf, withMark } from './marks.ts';
import { freshStep } from './step.ts';
import type { ChecklistEvent, Mark, Step } from './step.ts';

interface By {
  readonly actor: PersonId;
  /** The event's place in the server's order. */
  readonly version: number;
}

/** The release after something happened to its checklist. Steps that it did not happen to stay the same objects. */
export function evolveChecklist(release: Release, event: ChecklistEvent, { actor, version }: By): Release {
  const marked = (kind: Mark['kind'], { step, at, seen }: Pick<Mark, 'at' | 'seen'> & { step: string }) =>
    withStep(release, step, (each) => marking(each, { kind, person: actor, at, order: version, seen }));
  switch (event.type) {
    case 'steps-added':
      return { ...release, steps: [...release.steps, ...event.steps.map(freshStep)] };
    case 'step-edited':
      return withStep(release, event.step, (step) => ({ ...step, ...event.fields }));
    case 'step-dropped':
      return { ...release, steps: without(release.steps, event.step) };
    case 'step-started':
      return withStep(release, event.step, (step) => ({ ...step, startedAt: event.at, startedBy: actor }));
    case 'step-ticked':
      return marked('ticked', event);
    case 'step-unticked':
      return marked('unticked', event);
    case 'evidence-attached': {
      const { evidence: id, text, at } = event;
      return withStep(marked('evidence', event), event.step, (step) => ({
        ...step,
        evidence: [...step.evidence, { id, text, by: actor, at }],
      }));
    }
    case 'step-rolled-back':
      return withStep(release, event.step, (step) => ({
        ...step,
        rolledBackAt: event.at,
        rolledBackBy: actor,
      }));
    default:
      return unreachable(event);
  }
}

function marking(step: Step, mark: Mark): Step {
  const marks = withMark(step.marks, mark);
  return { ...step, marks, ...standingOf(marks) };
}

function withStep(release: Release, id: string, change: (step: Step) => Step): Release {
  return { ...release, steps: release.steps.map((step) => (step.id === id ? change(step) : step)) };
}

/** Steps that waited for the one dropped wait for what it waited for. */
function without(steps: readonly Step[], id: string): readonly Step[] {
  const instead = steps.find((step) => step.id === id)?.after ?? [];
  return steps
    .filter((step) => step.id !== id)
    .map((step) =>
      step.after.includes(id)
        ? { ...step, after: [...new Set([...step.after.filter((each) => each !== id), ...instead])] }
        : step,
    );
}
