/**
 * Whom the events of one act on a change concern: whoever is asked, whose vote counts no more, whose change it is, and
 * whose task comes up. Nobody is told of what they did themselves. Rules CHG-56 to CHG-60.
 */
import { SYSTEM } from '../shared/index.ts';
import type { PersonId, Recorded, Tell } from '../shared/index.ts';
import { isDecided } from './approval/approval.ts';
import { outcomeOf } from './approval/ask.ts';
import type { Change } from './change.ts';
import type { ChangeEvent, ChangeEventOf } from './events.ts';
import { evolveChange } from './evolve.ts';
import { isOver } from './model/model.ts';
import { isBackoutOffered } from './task/backout.ts';
import { stageOfTask } from './task/task.ts';
import type { ChangeTask } from './task/task.ts';

interface Happened<Event extends ChangeEvent = ChangeEvent> {
  readonly before: Change;
  readonly after: Change;
  readonly recorded: Recorded<Event>;
  /** Whoever was asked or had voted before the content moved in this act: they are told of that alone. */
  readonly knows: ReadonlySet<PersonId>;
}

/** @param before Null for a change that the act made */
export function changeNews(
  before: Change | null,
  events: readonly Recorded<ChangeEvent>[],
  { id }: Pick<Change, 'id'>,
): readonly Tell[] {
  const moved = events.some(({ event }) => event.type === 'approvals-voided' && event.cause === 'content');
  const knows = new Set(
    (moved ? (before?.approvals ?? []) : [])
      .filter(({ state }) => state === 'requested' || isDecided(state))
      .map(({ person }) => person),
  );
  const told: Tell[] = [];
  let state = before;
  for (const recorded of events) {
    const after = evolveChange(state, recorded, id);
    told.push(...newsOf({ before: state ?? after, after, recorded, knows }));
    state = after;
  }
  // the news is read where the change may not be held
  const about = state === null ? {} : { change: state.title, number: state.number };
  return told
    .filter(({ person }) => person !== SYSTEM)
    .map((each) => ({ ...each, detail: { ...each.detail, ...about } }));
}

function newsOf(happened: Happened): readonly Tell[] {
  const { before, after, recorded, knows } = happened;
  const { event, actor } = recorded;
  switch (event.type) {
    case 'approvals-asked': {
      const { revision } = event;
      return event.people
        .filter(({ person }) => !knows.has(person))
        .flatMap(({ person, dueAt }) => tell(recorded, person, 'approval-asked', { revision, dueAt }));
    }
    case 'delegated': {
      const { revision, person: instead } = event;
      return tell(recorded, event.to, 'approval-asked', { revision, dueAt: null, instead });
    }
    case 'approvals-voided':
      return voided(before, { ...recorded, event });
    case 'approvals-expired': {
      const { people, revision } = event;
      const asked = people.flatMap((person) => tell(recorded, person, 'approval-expired', { revision }));
      return [...asked, ...toOwners(after, recorded, 'approval-expired', { revision, people })];
    }
    case 'voted':
      return !isApproved(before) && isApproved(after) ? toOwners(after, recorded, 'change-approved', {}) : [];
    case 'moved': {
      const scheduled =
        event.to === 'scheduled'
          ? toOwners(after, recorded, 'change-scheduled', { begins: after.begins })
          : [];
      return event.to === 'implement' ? opened(happened) : scheduled;
    }
    case 'task-added':
      return assigned(recorded, event.task, null);
    case 'task-edited': {
      const task = after.tasks.find((each) => each.id === event.task);
      const had = before.tasks.find((each) => each.id === event.task)?.owner ?? null;
      return task === undefined ? [] : assigned(recorded, task, had);
    }
    case 'task-moved': {
      const offers = event.to === 'failed' && isBackoutOffered(after.tasks);
      const { task } = event;
      const owner = offers ? toOwners(after, recorded, 'backout-offered', { task, by: actor }) : [];
      return [...owner, ...opened(happened)];
    }
    case 'values-applied': {
      const kept = event.outcomes.filter(({ fate }) => fate === 'kept' || fate === 'waits').length;
      return kept === 0 ? [] : toOwners(after, recorded, 'values-kept', { kept });
    }
    case 'backout-begun':
      return opened(happened);
    default:
      return [];
  }
}

/** Whoever had voted is told that it counts no more, with what moved; the owner that it was rejected, with the words. */
function voided(before: Change, recorded: Recorded<ChangeEventOf<'approvals-voided'>>): readonly Tell[] {
  const { cause, differs, revision } = recorded.event;
  if (cause === 'content')
    return before.approvals
      .filter(({ state }) => isDecided(state))
      .flatMap(({ person }) => tell(recorded, person, 'approval-void', { differs, revision }));
  if (cause !== 'rejected') return [];
  const no = before.approvals.find(({ state }) => state === 'rejected');
  return toOwners(before, recorded, 'change-rejected', { note: no?.note ?? null });
}

function isApproved(change: Change): boolean {
  const { requirements } = change;
  return requirements.length > 0 && requirements.every((each) => outcomeOf(each, change) === 'approved');
}

/** Whose change it is: who made it and who owns it. */
function toOwners(
  { owner, madeBy }: Change,
  recorded: Recorded<ChangeEvent>,
  kind: Tell['kind'],
  detail: Tell['detail'],
): readonly Tell[] {
  const people = new Set(owner === null ? [madeBy] : [owner, madeBy]);
  return [...people].flatMap((person) => tell(recorded, person, kind, detail));
}

function assigned(
  recorded: Recorded<ChangeEvent>,
  { id: task, title, owner }: ChangeTask,
  had: PersonId | null,
): readonly Tell[] {
  if (owner === null || owner === had) return [];
  return tell(recorded, owner, 'change-task', { task, title, why: 'assigned' });
}

/** Tasks whose turn has come with this event, while the change is carried out. */
function opened({ before, after, recorded }: Happened): readonly Tell[] {
  if (isOver(after) || (after.state !== 'implement' && after.state !== 'review')) return [];
  const isOpen = (change: Change, id: string): boolean => {
    const task = change.tasks.find((each) => each.id === id);
    const isGoing = change.state === 'implement' || change.state === 'review';
    return task !== undefined && isGoing && stageOfTask(task, change.tasks) === 'open';
  };
  return after.tasks
    .filter(({ id }) => isOpen(after, id) && !isOpen(before, id))
    .flatMap(({ id: task, title, owner }) =>
      owner === null ? [] : tell(recorded, owner, 'change-task', { task, title, why: 'open' }),
    );
}

function tell(
  { actor, at }: Recorded<ChangeEvent>,
  person: PersonId,
  kind: Tell['kind'],
  detail: Tell['detail'],
): readonly Tell[] {
  return person === actor ? [] : [{ person, kind, detail: { by: actor, at, ...detail } }];
}
