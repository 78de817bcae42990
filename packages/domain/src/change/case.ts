/** What every decision about an existing change has at hand, and how it answers. */
import { SYSTEM, ok, refuse } from '../shared/index.ts';
import type { PersonId, Recorded, Result, Tell, Verdict } from '../shared/index.ts';
import type { Change } from './change.ts';
import type { ChangeEvent, ChangeEventOf, ChangeEventType } from './events.ts';
import type { ChangeContext } from './facts.ts';
import type { ChangeModel } from './model/model.ts';
import { changeRefusal } from './refusals.ts';
import type { ChangeRefusal, ChangeRefusalFacts, ChangeRefusalReason } from './refusals.ts';

export interface ChangeCase {
  readonly change: Change;
  readonly model: ChangeModel;
  readonly context: ChangeContext;
  /** Events of other people that the author had not seen; an author's own earlier acts count as seen. */
  readonly unseen: readonly Recorded<ChangeEvent>[];
}

export type ChangeAnswer = Result<Verdict<ChangeEvent>, ChangeRefusal>;

export function yes(events: readonly ChangeEvent[], tell: readonly Tell[] = []): ChangeAnswer {
  return ok({ events, tell });
}

export function no<Reason extends ChangeRefusalReason>(
  reason: Reason,
  facts: ChangeRefusalFacts[Reason],
): { readonly ok: false; readonly refusal: ChangeRefusal } {
  return refuse(changeRefusal(reason, facts));
}

/** Somebody else did the same before: nothing of the act applies, and its author is shown who. */
export function superseded({ actor: person, at, event }: Recorded<ChangeEvent>): ChangeAnswer {
  const { type: what, ...detail } = event;
  return ok({
    events: [],
    tell: [],
    superseded: { by: { person, at, what, detail }, reason: 'already-done' },
  });
}

/** The newest unseen event of a type that satisfies a condition. */
export function lastUnseen<Type extends ChangeEventType>(
  { unseen }: Pick<ChangeCase, 'unseen'>,
  type: Type,
  condition: (event: ChangeEventOf<Type>) => boolean = () => true,
): Recorded<ChangeEventOf<Type>> | undefined {
  return unseen.findLast(
    (recorded): recorded is Recorded<ChangeEventOf<Type>> =>
      recorded.event.type === type && condition(recorded.event as ChangeEventOf<Type>),
  );
}

/** Tells the author of a lost value that it was replaced, with what is needed to put it back. */
export function tellReplaced(
  { context: { actor, now: at } }: Pick<ChangeCase, 'context'>,
  person: PersonId,
  field: string,
  value: unknown,
  replacement: unknown,
): readonly Tell[] {
  if (person === actor.id || person === SYSTEM) return [];
  return [{ person, kind: 'replaced', detail: { field, value, with: replacement, by: actor.id, at } }];
}

export function manages({ context: { actor } }: Pick<ChangeCase, 'context'>): boolean {
  return actor.id === SYSTEM || actor.permissions.has('change.manage');
}
