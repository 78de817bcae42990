/**
 * What may be done to a problem. The same code decides on the server and predicts in the browser, which holds the
 * facts of the records that its person may read.
 */
import { SYSTEM, priorityOf, unreachable } from '../shared/index.ts';
import type { Permission, RecordId } from '../shared/index.ts';
import type { ActOf, ProblemAct, ProblemVerb } from './acts.ts';
import { canReadProblems, firstOf, isAllowed, lastUnseen, no, tellReplaced, yes } from './case.ts';
import type { ProblemAnswer, ProblemCase, ProblemContext } from './case.ts';
import { decideAddFactor, decideDropFactor, decidePickCause, decideStateCause } from './causes.ts';
import { cleanFields, cleanOrigin } from './fields.ts';
import {
  MAX_INCIDENTS,
  decideLinkChange,
  decideLinkIncident,
  decideUnlinkChange,
  decideUnlinkIncident,
} from './links.ts';
import { decideRemind } from './monitor.ts';
import { isOverProblem } from './problem.ts';
import type { Problem, ProblemFields } from './problem.ts';
import { decideStep } from './step.ts';
import {
  decideAddTask,
  decideDropTask,
  decideEditTask,
  decideFinishTask,
  differing,
  standing,
} from './tasks.ts';
import { decideCommunicate, decideKnownError } from './workaround.ts';

/** `state` is null for what is not made yet. What may not be read answers like what is not there. */
export function decideProblem(
  state: Problem | null,
  act: ProblemAct,
  context: ProblemContext,
): ProblemAnswer {
  const { actor, target } = context;
  if (!canReadProblems(actor) || (act.verb !== 'create' && state === null))
    return no('no-such-problem', { problem: target });
  const permission = permissionFor(act.verb);
  if ((act.verb === 'remind' && actor.id !== SYSTEM) || !isAllowed(actor, permission))
    return no('not-permitted', { permission });
  if (act.verb === 'create') return decideCreate(state, act, context);
  if (state === null) return no('no-such-problem', { problem: target });
  const unseen = context.since.filter((recorded) => recorded.actor !== actor.id);
  const kase = { problem: state, context, unseen };
  return refuseOver(kase, act) ?? decideAct(kase, act);
}

function decideAct(kase: ProblemCase, act: Exclude<ProblemAct, ActOf<'create'>>): ProblemAnswer {
  switch (act.verb) {
    case 'edit':
      return decideEdit(kase, act);
    case 'step':
      return decideStep(kase, act);
    case 'link-incident':
      return decideLinkIncident(kase, act);
    case 'unlink-incident':
      return decideUnlinkIncident(kase, act);
    case 'link-change':
      return decideLinkChange(kase, act);
    case 'unlink-change':
      return decideUnlinkChange(kase, act);
    case 'add-factor':
      return decideAddFactor(kase, act);
    case 'drop-factor':
      return decideDropFactor(kase, act);
    case 'state-cause':
      return decideStateCause(kase, act);
    case 'pick-cause':
      return decidePickCause(kase, act);
    case 'add-task':
      return decideAddTask(kase, act);
    case 'edit-task':
      return decideEditTask(kase, act);
    case 'finish-task':
      return decideFinishTask(kase, act);
    case 'drop-task':
      return decideDropTask(kase, act);
    case 'communicate-workaround':
      return decideCommunicate(kase);
    case 'mark-known-error':
      return decideKnownError(kase, act);
    case 'remind':
      return decideRemind(kase);
    default:
      return unreachable(act);
  }
}

/** Some steps ask for more: see there. */
function permissionFor(verb: ProblemVerb): Permission {
  return verb === 'remind' ? 'problem.manage' : 'problem.work';
}

/** What is over is left as it is, but for taking it up again, and for an incident that is not to be named there. */
function refuseOver(kase: ProblemCase, { verb }: ProblemAct): ProblemAnswer | null {
  const { problem } = kase;
  if (!isOverProblem(problem) || STAYS.has(verb)) return null;
  const { state, duplicateOf } = problem;
  const ended = lastUnseen(kase, 'problem-stepped');
  return no('problem-over', { state, duplicateOf, ...firstOf(ended) });
}

const STAYS: ReadonlySet<ProblemVerb> = new Set(['step', 'unlink-incident', 'mark-known-error', 'remind']);

function decideCreate(
  state: Problem | null,
  { fields, origin: given, incidents: named }: ActOf<'create'>,
  { target, directory, number, facts }: ProblemContext,
): ProblemAnswer {
  if (state !== null) return no('already-exists', { record: target });
  const cleaned = cleanFields(fields, directory, facts);
  if (!cleaned.ok) return cleaned;
  const origin = cleanOrigin(given);
  if (!origin.ok) return origin;
  const incidents = distinct(origin.value.incident, named);
  if (incidents.length > MAX_INCIDENTS) return no('too-many', { field: 'incidents', most: MAX_INCIDENTS });
  const unknown = incidents.find((incident) => !facts.mayName(incident));
  if (unknown !== undefined) return no('unknown-incident', { incident: unknown });
  return yes([
    {
      type: 'problem-opened',
      ...{ number, fields: cleaned.value, origin: origin.value, incidents },
      priority: priorityOf(directory.matrix, cleaned.value.impact, cleaned.value.urgency),
      matrixVersion: directory.matrix.version,
    },
  ]);
}

function distinct(first: RecordId | null, rest: readonly RecordId[]): readonly RecordId[] {
  return [...new Set(first === null ? rest : [first, ...rest])];
}

/** Of two who change the same field the later stands, and the other is told what was replaced. */
function decideEdit(kase: ProblemCase, { fields }: ActOf<'edit'>): ProblemAnswer {
  const { problem, context } = kase;
  const { matrix } = context.directory;
  const cleaned = cleanFields(fields, context.directory, context.facts);
  if (!cleaned.ok) return cleaned;
  const changes = differing<ProblemFields>(problem, cleaned.value);
  if (Object.keys(changes).length === 0) return no('nothing-to-change', { field: null });
  const before = standing<ProblemFields>(problem, changes);
  const told = Object.keys(changes).flatMap((field) => {
    const other = lastUnseen(kase, 'problem-edited', (event) => Object.hasOwn(event.fields, field));
    if (other === undefined) return [];
    return tellReplaced(kase, other.actor, { field, value: before[field as keyof typeof before] });
  });
  const { impact, urgency } = { ...problem, ...changes };
  const rated = { priority: priorityOf(matrix, impact, urgency), matrixVersion: matrix.version };
  const isRated = changes.impact !== undefined || changes.urgency !== undefined;
  return yes([{ type: 'problem-edited', fields: changes, before, ...(isRated && rated) }], told);
}
