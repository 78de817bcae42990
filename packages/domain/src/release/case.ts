/** What every decision about a release looks at, and how it answers. */
import { ok, refuse } from '../shared/index.ts';
import type { DecisionContext, Instant, PersonId, Recorded, Result, Tell, Verdict } from '../shared/index.ts';
import { SYSTEM } from '../shared/index.ts';
import { OFFLINE_TOLERANCE_MS } from '../shared/ticket/clock-marks.ts';
import type { EventOf, ReleaseEvent, ReleaseEventType } from './acts.ts';
import type { ReleaseFacts } from './facts.ts';
import { releaseRefusal } from './refusals.ts';
import type { ReleaseRefusal, ReleaseRefusalFacts, ReleaseRefusalReason } from './refusals.ts';
import type { Release } from './release.ts';

export interface ReleaseContext extends DecisionContext<Release, ReleaseEvent> {
  readonly facts: ReleaseFacts;
}

export interface ReleaseCase {
  readonly release: Release;
  readonly context: ReleaseContext;
  /** Events of other people that the author had not seen; an author's own earlier acts count as seen. */
  readonly unseen: readonly Recorded<ReleaseEvent>[];
}

export type ReleaseAnswer = Result<Verdict<ReleaseEvent>, ReleaseRefusal>;

export function yes(events: readonly ReleaseEvent[], tell: readonly Tell[] = []): ReleaseAnswer {
  return ok({ events, tell });
}

export function no<Reason extends ReleaseRefusalReason>(
  reason: Reason,
  facts: ReleaseRefusalFacts[Reason],
): ReleaseAnswer {
  return refuse(releaseRefusal(reason, facts));
}

/** The same was done by somebody else meanwhile. */
export function alreadyDone({ event, actor, at }: Recorded<ReleaseEvent>): ReleaseAnswer {
  const { type, ...detail } = event;
  const by = { person: actor, at, what: type, detail };
  return ok({ events: [], tell: [], superseded: { by, reason: 'already-done' } });
}

/** The newest unseen event of a type that satisfies a condition. */
export function lastUnseen<Type extends ReleaseEventType>(
  { unseen }: Pick<ReleaseCase, 'unseen'>,
  type: Type,
  condition: (event: EventOf<Type>) => boolean = () => true,
): Recorded<EventOf<Type>> | undefined {
  return unseen.findLast(
    (recorded): recorded is Recorded<EventOf<Type>> =>
      recorded.event.type === type && condition(recorded.event as EventOf<Type>),
  );
}

/** Who and when, for a refusal; nothing where the author had seen it. */
export function firstOf(recorded: Recorded<ReleaseEvent> | undefined): {
  readonly by?: PersonId;
  readonly at?: Instant;
} {
  return recorded === undefined ? {} : { by: recorded.actor, at: recorded.at };
}

/** When an act was done, offline perhaps: at most a day before the server heard of it, and never before `notBefore`. */
export function doneAt({ context: { clientAt, now } }: ReleaseCase, notBefore: Instant | null): Instant {
  const claimed = Math.min(now, Math.max(clientAt, now - OFFLINE_TOLERANCE_MS));
  return Math.max(claimed, notBefore ?? claimed);
}

/** The version of the release that the author saw. */
export function seenVersion({ release, context: { since } }: ReleaseCase): number {
  return since[0] === undefined ? release.version : since[0].version - 1;
}

/** Tells the author of an unseen value that it was replaced, with what is needed to put it back. */
export function tellReplaced(
  { context: { actor, now } }: ReleaseCase,
  person: PersonId,
  detail: Readonly<Record<string, unknown>>,
): readonly Tell[] {
  if (person === actor.id || person === SYSTEM) return [];
  return [{ person, kind: 'replaced', detail: { ...detail, by: actor.id, at: now } }];
}
