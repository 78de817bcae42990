/** Who hears of what happens to a release: told once, by whoever keeps it. */
import { SYSTEM } from '../shared/index.ts';
import type { PersonId, Recorded, Tell } from '../shared/index.ts';
import type { EventOf, ReleaseEvent } from './acts.ts';
import { isDone } from './checklist/step.ts';
import type { Step } from './checklist/step.ts';
import type { Release } from './release.ts';

type Facts = Readonly<Record<string, unknown>>;
type TellAll = (kind: Tell['kind'], people: Iterable<PersonId | null>, facts?: Facts) => readonly Tell[];

/**
 * The news of one event. Nobody is told of what they did themselves, and of several steps one is named.
 *
 * @param before The release before the event; null when it is made by it
 */
export function releaseNews(
  before: Release | null,
  after: Release,
  { event, actor, at }: Recorded<ReleaseEvent>,
): readonly Tell[] {
  const tell: TellAll = (kind, people, facts = {}) =>
    [...new Set(people)].flatMap((person) =>
      person === null || person === actor || person === SYSTEM
        ? []
        : [{ person, kind, detail: { title: after.title, by: actor, at, ...facts } }],
    );
  switch (event.type) {
    case 'roll-call-opened':
      return tell('go-asked', event.leads);
    case 'transitioned':
      return ofMove(after, event, tell);
    case 'steps-added':
      return ofSteps('step-assigned', event.steps, tell);
    case 'step-edited':
      return event.fields.owner === undefined ? [] : ofSteps('step-assigned', named(after, event.step), tell);
    case 'phase-started': {
      const first = stepsReady(after).filter(({ phase }) => phase === event.phase);
      return ofSteps('step-next', first, tell);
    }
    case 'step-ticked': {
      const known = new Set(before === null ? [] : stepsReady(before).map(({ id }) => id));
      const next = stepsReady(after).filter((step) => step.after.includes(event.step) && !known.has(step.id));
      const passed = named(after, event.step).filter((step) => step.noReturn && isDone(step));
      return [
        ...ofSteps('step-next', next, tell),
        ...passed.flatMap((step) => tell('no-return', askedOf(after), factsOf([step]))),
      ];
    }
    case 'alarm-noted':
      return tell('release-alarm', [after.owner ?? after.madeBy], { incident: event.incident });
    default:
      return [];
  }
}

function ofMove(release: Release, { to, reason }: EventOf<'transitioned'>, tell: TellAll): readonly Tell[] {
  switch (to) {
    case 'no_go':
      return tell('no-go', askedOf(release), { reason });
    case 'rolling_back':
      return tell('rolling-back', crewOf(release), { reason });
    case 'rolled_back':
      return tell('rolled-back', crewOf(release));
    default:
      return [];
  }
}

/** One line for each owner, whatever the number of their steps. */
function ofSteps(
  kind: 'step-assigned' | 'step-next',
  steps: readonly Pick<Step, 'id' | 'title' | 'owner'>[],
  tell: TellAll,
): readonly Tell[] {
  return [...Map.groupBy(steps, ({ owner }) => owner)].flatMap(([owner, theirs]) =>
    tell(kind, [owner], factsOf(theirs)),
  );
}

function factsOf(steps: readonly Pick<Step, 'id' | 'title'>[]): Facts {
  return { step: steps[0]?.id, stepTitle: steps[0]?.title, steps: steps.length };
}

/** Who answers for it: its owner, whoever made it, and the leads who were asked. */
function askedOf({ owner, madeBy, rollCall }: Release): readonly (PersonId | null)[] {
  return [owner, madeBy, ...(rollCall?.leads ?? [])];
}

function crewOf(release: Release): readonly (PersonId | null)[] {
  return [...askedOf(release), ...release.steps.map(({ owner }) => owner)];
}

function named({ steps }: Release, wanted: string): readonly Step[] {
  return steps.filter(({ id }) => id === wanted);
}

/** Steps that can be worked on now: their phase runs, and all that they wait for is done. */
function stepsReady({ steps, phases }: Release): readonly Step[] {
  const running = new Set(phases.filter(({ state }) => state === 'in_progress').map(({ id }) => id));
  const done = new Set(steps.filter(isDone).map(({ id }) => id));
  return steps.filter(
    ({ id, phase, after }) => running.has(phase) && !done.has(id) && after.every((each) => done.has(each)),
  );
}
