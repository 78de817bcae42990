import type { Cause } from '../command.ts';
import type { DecisionContext, Recorded, Tell, Verdict } from '../decider.ts';
import type { PersonId } from '../ids.ts';
import { SYSTEM } from '../ids.ts';
import { ok, refuse } from '../result.ts';
import type { Result } from '../result.ts';
import { canReadAsStaff } from './access.ts';
import { audienceOf } from './events.ts';
import type { TicketEvent, TicketEventType } from './events.ts';
import type { Lifecycle } from './lifecycle.ts';
import { ticketRefusal } from './refusals.ts';
import type { TicketRefusal, TicketRefusalFacts, TicketRefusalReason } from './refusals.ts';
import type { Ticket } from './ticket.ts';

/** What a decision about an existing ticket looks at, after the actor has been let in. */
export interface TicketCase {
  readonly ticket: Ticket;
  readonly lifecycle: Lifecycle;
  readonly context: DecisionContext<Ticket, TicketEvent>;
  /** Events of other people that the author had not seen; an author's own earlier acts count as seen. */
  readonly unseen: readonly Recorded<TicketEvent>[];
}

export type TicketAnswer = Result<Verdict<TicketEvent>, TicketRefusal>;

export function apply(
  events: readonly TicketEvent[],
  tell: readonly Tell[] = [],
  also?: Verdict<TicketEvent>['also'],
): TicketAnswer {
  return ok(also === undefined ? { events, tell } : { events, tell, also });
}

export function no<Reason extends TicketRefusalReason>(
  { ticket }: Pick<TicketCase, 'ticket'>,
  reason: Reason,
  facts: TicketRefusalFacts[Reason],
): TicketAnswer {
  return refuse(ticketRefusal(ticket.process, reason, facts));
}

export function supersede(kase: TicketCase, by: Recorded<TicketEvent>, reason: string): TicketAnswer {
  return ok({ events: [], tell: [], superseded: { by: causeOf(kase, by), reason } });
}

/** Who did what; a requester learns particulars of public events only. */
function causeOf({ ticket, context }: TicketCase, { event, actor, at }: Recorded<TicketEvent>): Cause {
  const { type, ...detail } = event;
  const open = audienceOf(event) === 'public' || canReadAsStaff(context.actor, ticket);
  return open ? { person: actor, at, what: type, detail } : { person: actor, at, what: type };
}

type EventOf<Type extends TicketEventType> = Extract<TicketEvent, { type: Type }>;

/** The newest unseen event of a type that satisfies a condition. */
export function lastUnseen<Type extends TicketEventType>(
  { unseen }: Pick<TicketCase, 'unseen'>,
  type: Type,
  condition: (event: EventOf<Type>, recorded: Recorded<TicketEvent>) => boolean = () => true,
): Recorded<EventOf<Type>> | undefined {
  return unseen.findLast(
    (recorded): recorded is Recorded<EventOf<Type>> =>
      recorded.event.type === type && condition(recorded.event as EventOf<Type>, recorded),
  );
}

/** Tells the author of a lost value that it was replaced, with what is needed to put it back. */
export function tellReplaced(
  { context }: Pick<TicketCase, 'context'>,
  person: PersonId,
  field: string,
  value: unknown,
  replacement: unknown,
): readonly Tell[] {
  if (person === context.actor.id || person === SYSTEM) return [];
  const detail = { field, value, with: replacement, by: context.actor.id, at: context.now };
  return [{ person, kind: 'replaced', detail }];
}

/** Tells several people the same, each once and never the actor of what they did themselves. */
export function tellEach(
  { context }: Pick<TicketCase, 'context'>,
  people: readonly (PersonId | null)[],
  kind: Tell['kind'],
  detail: Tell['detail'],
): readonly Tell[] {
  const addressed = new Set(people);
  return [...addressed].flatMap((person) =>
    person === null || person === context.actor.id || person === SYSTEM ? [] : [{ person, kind, detail }],
  );
}
