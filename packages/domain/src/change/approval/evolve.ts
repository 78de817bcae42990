import type { PersonId, Recorded } from '../../shared/index.ts';
import type { Change } from '../change.ts';
import type { ChangeEventOf } from '../events.ts';
import type { Approval } from './approval.ts';

type ApprovalEvent = ChangeEventOf<
  'approvals-asked' | 'voted' | 'delegated' | 'approvals-expired' | 'approvals-voided' | 'released'
>;

export function evolveApprovals(
  change: Change,
  { event, at }: Pick<Recorded<ApprovalEvent>, 'event' | 'at'>,
): Change {
  const { approvals } = change;
  switch (event.type) {
    case 'approvals-asked':
      return { ...change, requirements: event.requirements, approvals: asked(approvals, event, at) };
    case 'voted': {
      const { person, vote, content, note } = event;
      const decided = { state: vote, content, note, decidedAt: at };
      return { ...change, approvals: withEach(approvals, [person], decided) };
    }
    case 'delegated': {
      const { person, to, revision } = event;
      const dueAt = approvals.find((each) => each.person === person)?.dueAt ?? null;
      const theirs = requested(to, person, revision, at, dueAt);
      const others = approvals.filter((each) => each.person !== to);
      return { ...change, approvals: [...withEach(others, [person], { state: 'delegated' }), theirs] };
    }
    case 'approvals-expired':
      return { ...change, approvals: withEach(approvals, event.people, { state: 'expired' }) };
    case 'approvals-voided':
      return {
        ...change,
        revision: event.revision,
        requirements: [],
        approvals: approvals.map((each) => ({ ...each, state: 'void' })),
      };
    case 'released':
      // The time on hold is given back.
      return { ...change, approvals: approvals.map((each) => postponed(each, at - (change.held?.at ?? at))) };
  }
}

/** Who has answered in this revision is not asked again; what is void goes. */
function asked(
  approvals: readonly Approval[],
  { people, revision }: ChangeEventOf<'approvals-asked'>,
  at: number,
): readonly Approval[] {
  const anew = new Set(people.map(({ person }) => person));
  const standing = approvals.filter(({ person, state }) => state !== 'void' && !anew.has(person));
  return [...standing, ...people.map(({ person, dueAt }) => requested(person, null, revision, at, dueAt))];
}

function requested(
  person: PersonId,
  instead: PersonId | null,
  revision: number,
  askedAt: number,
  dueAt: number | null,
): Approval {
  return {
    person,
    instead,
    revision,
    state: 'requested',
    askedAt,
    dueAt,
    decidedAt: null,
    content: null,
    note: null,
  };
}

function withEach(
  approvals: readonly Approval[],
  people: readonly PersonId[],
  changes: Partial<Approval>,
): readonly Approval[] {
  return approvals.map((each) => (people.includes(each.person) ? { ...each, ...changes } : each));
}

function postponed(approval: Approval, ms: number): Approval {
  return approval.state === 'requested' && approval.dueAt !== null
    ? { ...approval, dueAt: approval.dueAt + ms }
    : approval;
}
