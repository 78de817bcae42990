/** What every decision about a problem looks at, and how it answers. */
import { SYSTEM, ok, permissionsOf, refuse } from '../shared/index.ts';
import type {
  Actor,
  DecisionContext,
  Directory,
  Instant,
  Permission,
  PersonId,
  Recorded,
  Result,
  Tell,
  Verdict,
} from '../shared/index.ts';
import type { EventOf, ProblemEvent, ProblemEventType } from './acts.ts';
import type { ProblemFacts } from './facts.ts';
import type { Problem } from './problem.ts';
import { problemRefusal } from './refusals.ts';
import type { ProblemRefusal, ProblemRefusalFacts, ProblemRefusalReason } from './refusals.ts';

export interface ProblemContext extends DecisionContext<Problem, ProblemEvent> {
  readonly facts: ProblemFacts;
}

export interface ProblemCase {
  readonly problem: Problem;
  readonly context: ProblemContext;
  /** Events of other people that the author had not seen; an author's own earlier acts count as seen. */
  readonly unseen: readonly Recorded<ProblemEvent>[];
}

export type ProblemAnswer = Result<Verdict<ProblemEvent>, ProblemRefusal>;

export function yes(
  events: readonly ProblemEvent[],
  tell: readonly Tell[] = [],
  also: Verdict<ProblemEvent>['also'] = [],
): ProblemAnswer {
  return ok({ events, tell, also });
}

export function no<Reason extends ProblemRefusalReason>(
  reason: Reason,
  facts: ProblemRefusalFacts[Reason],
): { readonly ok: false; readonly refusal: ProblemRefusal } {
  return refuse(problemRefusal(reason, facts));
}

/** Somebody else was first, and did the same or what makes this needless. */
export function overtaken(
  { event, actor, at }: Recorded<ProblemEvent>,
  reason = 'already-done',
): ProblemAnswer {
  const { type, ...detail } = event;
  const by = { person: actor, at, what: type, detail };
  return ok({ events: [], tell: [], superseded: { by, reason } });
}

/** The newest unseen event of a type that satisfies a condition. */
export function lastUnseen<Type extends ProblemEventType>(
  { unseen }: Pick<ProblemCase, 'unseen'>,
  type: Type,
  condition: (event: EventOf<Type>) => boolean = () => true,
): Recorded<EventOf<Type>> | undefined {
  return unseen.findLast(
    (recorded): recorded is Recorded<EventOf<Type>> =>
      recorded.event.type === type && condition(recorded.event as EventOf<Type>),
  );
}

/** Who and when, for a refusal; nothing where the author had seen it. */
export function firstOf(recorded: Recorded<ProblemEvent> | undefined): {
  readonly by?: PersonId;
  readonly at?: Instant;
} {
  return recorded === undefined ? {} : { by: recorded.actor, at: recorded.at };
}

/** Tells the author of an unseen value that it was replaced, with what is needed to put it back. */
export function tellReplaced(
  { context: { actor, now } }: ProblemCase,
  person: PersonId,
  detail: Readonly<Record<string, unknown>>,
): readonly Tell[] {
  if (person === actor.id || person === SYSTEM) return [];
  return [{ person, kind: 'replaced', detail: { ...detail, by: actor.id, at: now } }];
}

export function isAllowed({ id, permissions }: Actor, permission: Permission): boolean {
  return id === SYSTEM || permissions.has(permission);
}

/** Whether somebody reads problems at all: all of them, or none. */
export function canReadProblems(actor: Actor): boolean {
  return isAllowed(actor, 'problem.read');
}

/** Whether somebody can be named in a problem: is there, is active, and may read it. */
export function canTakePart({ people }: Pick<Directory, 'people'>, person: PersonId): boolean {
  const found = people.get(person);
  return found?.active === true && permissionsOf(found.roles).has('problem.read');
}
