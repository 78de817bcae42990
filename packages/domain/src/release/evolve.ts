import type { Recorded, RecordId } from '../shared/index.ts';
import type { EventOf, ReleaseEvent } from './acts.ts';
import { evolveChecklist } from './checklist/evolve.ts';
import { evolveGates } from './gate/evolve.ts';
import { withChanges, withUnit } from './members.ts';
import { evolvePhases } from './phase/evolve.ts';
import { freshPhase } from './phase/phase.ts';
import { DEFAULT_PHASES } from './phase/plan.ts';
import { isOverRelease } from './release.ts';
import type { Release } from './release.ts';
import { evolveRollCall } from './roll-call/evolve.ts';

/** The release after an event; `state` is null before the first. */
export function evolveRelease(
  state: Release | null,
  recorded: Recorded<ReleaseEvent>,
  target: RecordId,
): Release {
  const { event, actor, at } = recorded;
  if (event.type === 'created') return opened(event, recorded, target);
  if (state === null) throw new Error(`${target} has events before it was created`);
  const version = state.version + 1;
  const next = { ...state, version, updatedAt: at };
  const by = { actor, at, version };
  switch (event.type) {
    case 'edited':
      return { ...next, ...event.fields };
    case 'changes-added':
      return { ...next, members: withChanges(next, event.changes) };
    case 'changes-removed': {
      const removed = new Set(event.changes);
      return { ...next, members: next.members.filter((member) => !removed.has(member)) };
    }
    case 'unit-set':
      return { ...next, units: withUnit(next, event.unit) };
    case 'unit-removed':
      return { ...next, units: next.units.filter(({ id }) => id !== event.unit) };
    case 'transitioned':
      return transitioned(next, event, at);
    case 'alarm-noted': {
      const { incident, items } = event;
      return { ...next, alarms: [...next.alarms, { incident, items, at }] };
    }
    case 'phases-planned':
    case 'phase-rescheduled':
    case 'phase-started':
    case 'phase-completed':
    case 'phase-restarted':
      return evolvePhases(next, event, at);
    case 'check-reported':
    case 'signed-off':
    case 'gate-excepted':
    case 'exception-ended':
      return evolveGates(next, event, by);
    case 'steps-added':
    case 'step-edited':
    case 'step-dropped':
    case 'step-started':
    case 'step-ticked':
    case 'step-unticked':
    case 'evidence-attached':
    case 'step-rolled-back':
      return evolveChecklist(next, event, by);
    case 'roll-call-opened':
    case 'answered':
      return evolveRollCall(next, event, by);
    default:
      // one that a later version made counts, and changes nothing that this one knows
      event satisfies never;
      return next;
  }
}

function opened(
  { fields, number }: EventOf<'created'>,
  { actor, at }: Recorded<ReleaseEvent>,
  id: RecordId,
): Release {
  return {
    ...fields,
    id,
    number,
    version: 1,
    state: 'draft',
    madeBy: actor,
    madeAt: at,
    updatedAt: at,
    members: [],
    units: [],
    phases: DEFAULT_PHASES.map((plan) => freshPhase(plan, 1)),
    steps: [],
    rollCall: null,
    deployingAt: null,
    hypercareAt: null,
    endedAt: null,
    alarms: [],
  };
}

/** Who comes back to `ready` asks anew. */
function transitioned(next: Release, { to }: EventOf<'transitioned'>, at: number): Release {
  return {
    ...next,
    state: to,
    ...(to === 'ready' && { rollCall: null }),
    ...(to === 'deploying' && { deployingAt: at }),
    ...(to === 'hypercare' && { hypercareAt: at }),
    ...(isOverRelease({ state: to }) && { endedAt: at }),
  };
}
