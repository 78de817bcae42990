import type { Recorded, RecordId } from '../shared/index.ts';
import type { EventOf, ProblemEvent } from './acts.ts';
import { isOver } from './lifecycle/lifecycle.ts';
import { withAdded } from './links.ts';
import type { Factor, Problem, ProblemTask } from './problem.ts';

type At = Pick<Recorded<ProblemEvent>, 'actor' | 'at'>;

/** The problem after an event; `state` is null before the first. */
export function evolveProblem(
  state: Problem | null,
  recorded: Recorded<ProblemEvent>,
  target: RecordId,
): Problem {
  const { event, actor, at } = recorded;
  if (event.type === 'problem-opened') return opened(event, recorded, target);
  if (state === null) throw new Error(`${target} has events before it was created`);
  const next = { ...state, version: state.version + 1, updatedAt: at };
  if (event.type === 'reminded') return { ...next, remindedAt: at };
  return evolveAct({ ...next, activeAt: at, remindedAt: null }, event, { actor, at });
}

function evolveAct(
  next: Problem,
  event: Exclude<ProblemEvent, EventOf<'problem-opened' | 'reminded'>>,
  by: At,
): Problem {
  switch (event.type) {
    case 'problem-edited': {
      const { fields, priority, matrixVersion } = event;
      const rated = priority === undefined || matrixVersion === undefined ? {} : { priority, matrixVersion };
      return { ...next, ...fields, ...rated };
    }
    case 'problem-stepped':
      return stepped(next, event, by);
    case 'duplicate-taken-in':
      return {
        ...next,
        incidents: withAdded(next.incidents, event.incidents),
        changes: withAdded(next.changes, event.changes),
        duplicates: [...next.duplicates, event.from],
      };
    case 'incident-linked':
      return { ...next, incidents: [...next.incidents, event.incident] };
    case 'incident-unlinked':
      return { ...next, incidents: without(next.incidents, event.incident) };
    case 'change-linked':
      return { ...next, changes: [...next.changes, event.change] };
    case 'change-unlinked':
      return { ...next, changes: without(next.changes, event.change) };
    case 'factor-added':
      return withFactor(next, event.factor, event.text, by);
    case 'factor-dropped':
      return { ...next, factors: next.factors.filter(({ id }) => id !== event.factor) };
    case 'cause-stated':
      return stated(withFactor(next, event.factor, event.text, by), event);
    case 'cause-picked':
      return { ...next, cause: event.factor, contested: [] };
    case 'task-added':
      return { ...next, tasks: [...next.tasks, freshTask(event)] };
    case 'task-edited':
      return withTask(next, event.task, event.fields);
    case 'task-finished': {
      const { task, cause, fix } = event;
      const ended = withTask(next, task, { state: 'done', cause, fix, endedAt: by.at });
      return cause === null ? ended : withFactor(ended, `task:${task}`, cause, by, task);
    }
    case 'task-dropped':
      return withTask(next, event.task, { state: 'dropped', endedAt: by.at });
    case 'workaround-communicated': {
      const { text, incidents } = event;
      const before = next.told?.text === text ? next.told : null;
      const callers = withAdded(before?.callers ?? [], event.callers ?? []);
      const told = {
        ...{ text, incidents: withAdded(before?.incidents ?? [], incidents), by: by.actor, at: by.at },
        ...(callers.length > 0 && { callers }),
      };
      return { ...next, told };
    }
    case 'known-error-marked':
      return { ...next, knownError: event.known };
    default:
      // one that a later version made counts, and changes nothing that this one knows
      event satisfies never;
      return next;
  }
}

function opened(
  { fields, number, origin, incidents, priority, matrixVersion }: EventOf<'problem-opened'>,
  { actor, at }: Recorded<ProblemEvent>,
  id: RecordId,
): Problem {
  return {
    ...fields,
    ...{ id, number, origin, incidents, priority, matrixVersion },
    version: 1,
    state: 'new',
    knownError: false,
    factors: [],
    cause: null,
    contested: [],
    tasks: [],
    changes: [],
    told: null,
    resolution: null,
    risk: null,
    duplicateOf: null,
    duplicates: [],
    madeBy: actor,
    madeAt: at,
    updatedAt: at,
    activeAt: at,
    remindedAt: null,
    resolvedAt: null,
    endedAt: null,
  };
}

/** What was decided at its end stands until it is taken up again. */
function stepped(next: Problem, event: EventOf<'problem-stepped'>, { actor, at }: At): Problem {
  const { to, reason, resolution, reviewAt, into } = event;
  const moved = { ...next, state: to, endedAt: isOver(to) ? at : null };
  switch (to) {
    case 'rca':
      return { ...moved, resolution: null, risk: null, resolvedAt: null };
    case 'resolved':
      return resolution === undefined
        ? moved
        : {
            ...moved,
            resolvedAt: at,
            resolution: { code: resolution, notes: reason ?? '', by: actor, at },
          };
    case 'risk_accepted':
      return reviewAt === undefined
        ? moved
        : { ...moved, risk: { approver: actor, reason: reason ?? '', reviewAt, at } };
    case 'duplicate':
      return { ...moved, duplicateOf: into ?? null, incidents: [], changes: [] };
    default:
      return moved;
  }
}

/** A root cause that was stated before stays a factor. */
function stated(next: Problem, { factor, against }: EventOf<'cause-stated'>): Problem {
  if (against === undefined) return { ...next, cause: factor };
  const contested = [...new Set([...next.contested, against, factor])];
  return { ...next, cause: null, contested };
}

function withFactor(next: Problem, id: string, text: string, by: At, task: string | null = null): Problem {
  const factor: Factor = { id, text, by: by.actor, at: by.at, task };
  return { ...next, factors: [...next.factors, factor] };
}

function freshTask({ task, fields }: EventOf<'task-added'>): ProblemTask {
  return { ...fields, id: task, state: 'open', cause: null, fix: null, endedAt: null };
}

function withTask(next: Problem, task: string, fields: Partial<ProblemTask>): Problem {
  return { ...next, tasks: next.tasks.map((each) => (each.id === task ? { ...each, ...fields } : each)) };
}

/** The first of these goes: several that may not be named look alike. */
function without<Link>(links: readonly Link[], link: Link): readonly Link[] {
  const at = links.indexOf(link);
  return at < 0 ? links : links.toSpliced(at, 1);
}
