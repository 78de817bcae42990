/**
 * What may be done to a release. The same code decides on the server and predicts in the browser, which holds the
 * facts of the changes that its person may read.
 */
import { SYSTEM, refuse, unreachable } from '../shared/index.ts';
import type { Actor, Permission } from '../shared/index.ts';
import type { ActOf, ReleaseAct, ReleaseVerb } from './acts.ts';
import { alarmsDue, touchedItems } from './after/hypercare.ts';
import { lastUnseen, no, tellReplaced, yes } from './case.ts';
import type { ReleaseAnswer, ReleaseCase, ReleaseContext } from './case.ts';
import { decideChecklist } from './checklist/decide.ts';
import { cleanFields, differing, faultOfWindow, fixedField, standing } from './fields.ts';
import { decideEndException, decideException, decideReportCheck, decideSignOff } from './gate/decide.ts';
import { decideAddChanges, decideRemoveChanges, decideRemoveUnit, decideSetUnit } from './members.ts';
import { decidePhase } from './phase/decide.ts';
import type { Release } from './release.ts';
import { decideAnswer, decideOpenRollCall } from './roll-call/decide.ts';
import { decideTransition } from './transition.ts';

/** `state` is null for what is not made yet. What may not be read answers like what is not there. */
export function decideRelease(
  state: Release | null,
  act: ReleaseAct,
  context: ReleaseContext,
): ReleaseAnswer {
  const { actor, target } = context;
  if (!isAllowed(actor, 'release.read')) return no('no-such-release', { release: target });
  if (act.verb !== 'create' && state === null) return no('no-such-release', { release: target });
  const permission = PERMISSION_OF[act.verb];
  const isForSystem = act.verb === 'note-alarm' && actor.id !== SYSTEM;
  if (isForSystem || !isAllowed(actor, permission)) return no('not-permitted', { permission });
  if (act.verb === 'create') return decideCreate(state, act, context);
  if (state === null) return no('no-such-release', { release: target });
  const unseen = context.since.filter((recorded) => recorded.actor !== actor.id);
  return decideAct({ release: state, context, unseen }, act);
}

function decideAct(kase: ReleaseCase, act: Exclude<ReleaseAct, ActOf<'create'>>): ReleaseAnswer {
  switch (act.verb) {
    case 'edit':
      return decideEdit(kase, act);
    case 'add-changes':
      return decideAddChanges(kase, act);
    case 'remove-changes':
      return decideRemoveChanges(kase, act);
    case 'set-unit':
      return decideSetUnit(kase, act);
    case 'remove-unit':
      return decideRemoveUnit(kase, act);
    case 'transition':
      return decideTransition(kase, act);
    case 'note-alarm':
      return decideAlarm(kase, act);
    case 'plan-phases':
    case 'reschedule-phase':
    case 'start-phase':
    case 'complete-phase':
    case 'restart-phase':
      return decidePhase(kase, act);
    case 'report-check':
      return decideReportCheck(kase, act);
    case 'sign-off':
      return decideSignOff(kase, act);
    case 'except-gate':
      return decideException(kase, act);
    case 'end-exception':
      return decideEndException(kase, act);
    case 'add-steps':
    case 'edit-step':
    case 'drop-step':
    case 'start-step':
    case 'tick':
    case 'untick':
    case 'attach-evidence':
    case 'roll-back-step':
      return decideChecklist(kase, act);
    case 'open-roll-call':
      return decideOpenRollCall(kase, act);
    case 'answer':
      return decideAnswer(kase, act);
    default:
      return unreachable(act);
  }
}

/** Who signs and answers is named by the gate and the roll call; they need only read. */
const PERMISSION_OF: Readonly<Record<ReleaseVerb, Permission>> = {
  create: 'release.work',
  edit: 'release.work',
  'add-changes': 'release.work',
  'remove-changes': 'release.work',
  'set-unit': 'release.work',
  'remove-unit': 'release.work',
  transition: 'release.manage',
  'note-alarm': 'release.manage',
  'plan-phases': 'release.manage',
  'reschedule-phase': 'release.manage',
  'start-phase': 'release.manage',
  'complete-phase': 'release.manage',
  'restart-phase': 'release.manage',
  'report-check': 'release.work',
  'sign-off': 'release.read',
  'except-gate': 'release.manage',
  'end-exception': 'release.manage',
  'add-steps': 'release.work',
  'edit-step': 'release.work',
  'drop-step': 'release.work',
  'start-step': 'release.work',
  tick: 'release.work',
  untick: 'release.work',
  'attach-evidence': 'release.work',
  'roll-back-step': 'release.work',
  'open-roll-call': 'release.manage',
  answer: 'release.read',
};

function isAllowed({ id, permissions }: Actor, permission: Permission): boolean {
  return id === SYSTEM || permissions.has(permission);
}

function decideCreate(
  state: Release | null,
  { fields }: ActOf<'create'>,
  { target, directory, number }: ReleaseContext,
): ReleaseAnswer {
  if (state !== null) return no('already-exists', { record: target });
  const cleaned = cleanFields(fields, directory);
  if (!cleaned.ok) return cleaned;
  const fault = faultOfWindow(cleaned.value);
  return fault === null ? yes([{ type: 'created', fields: cleaned.value, number }]) : refuse(fault);
}

/** Of two who change the same field the later stands, and the other is told what was replaced. */
function decideEdit(kase: ReleaseCase, { fields }: ActOf<'edit'>): ReleaseAnswer {
  const { release, context } = kase;
  const cleaned = cleanFields(fields, context.directory);
  if (!cleaned.ok) return cleaned;
  const changes = differing(release, cleaned.value);
  const fixed = fixedField(release, changes);
  if (fixed !== null) return no('release-fixed', { state: release.state, ...fixed });
  if (Object.keys(changes).length === 0) return no('nothing-to-change', { field: null });
  const fault = faultOfWindow({ ...release, ...changes });
  if (fault !== null) return refuse(fault);
  const before = standing(release, changes);
  const told = Object.keys(changes).flatMap((field) => {
    const other = lastUnseen(kase, 'edited', (event) => Object.hasOwn(event.fields, field));
    if (other === undefined) return [];
    return tellReplaced(kase, other.actor, { field, value: before[field as keyof typeof before] });
  });
  return yes([{ type: 'edited', fields: changes, before }], told);
}

/** Once for each incident, while the release is watched. */
function decideAlarm({ release, context }: ReleaseCase, { incident }: ActOf<'note-alarm'>): ReleaseAnswer {
  const fact = context.facts.incidents.get(incident);
  if (fact === undefined) return no('unknown-incident', { incident });
  if (alarmsDue(release, [fact], context.facts).length === 0) return no('no-alarm', { incident });
  return yes([{ type: 'alarm-noted', incident, items: touchedItems(release, fact, context.facts) }]);
}
