/** Who hears of what happens to a problem: told once, by whoever keeps it. */
import { SYSTEM } from '../shared/index.ts';
import type { PersonId, Recorded, Tell } from '../shared/index.ts';
import type { ProblemEvent } from './acts.ts';
import type { Problem } from './problem.ts';

/** What an inbox says of a problem. The set grows at its end. */
export type ProblemNews =
  | 'assigned'
  | 'task'
  | 'quiet'
  | 'risk-review'
  | 'cause-contested'
  | 'ended'
  | 'workaround'
  | 'fixed'
  | 'risk';

/** The news of one event. Nobody is told of what they did themselves. */
export function problemNews(after: Problem, { event, actor, at }: Recorded<ProblemEvent>): readonly Tell[] {
  const tell = (what: ProblemNews, people: Iterable<PersonId | null>, facts: object = {}): readonly Tell[] =>
    [...new Set(people)].flatMap((person): readonly Tell[] =>
      person === null || person === actor || person === SYSTEM
        ? []
        : [{ person, kind: 'problem-item', detail: { what, title: after.title, by: actor, at, ...facts } }],
    );
  const responsible = [after.owner ?? after.madeBy];
  switch (event.type) {
    case 'problem-opened':
      return tell('assigned', [event.fields.owner]);
    case 'problem-edited':
      return tell('assigned', [event.fields.owner ?? null]);
    case 'task-added':
    case 'task-edited': {
      const task = after.tasks.find(({ id }) => id === event.task);
      return tell('task', [event.fields.assignee ?? null], { task: task?.title ?? '' });
    }
    case 'cause-stated':
      return event.against === undefined ? [] : tell('cause-contested', responsible);
    case 'problem-stepped':
      return after.endedAt === null ? [] : tell('ended', responsible, { state: event.to });
    case 'reminded':
      return event.of === 'risk'
        ? tell('risk-review', [...responsible, after.risk?.approver ?? null], { since: event.since })
        : tell('quiet', responsible, { since: event.since });
    default:
      return [];
  }
}
