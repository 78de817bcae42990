import type { DecisionContext, Verdict } from '../decider.ts';
import type { Result } from '../result.ts';
import type { Readable } from './access.ts';
import type { TicketAnswer, TicketCase } from './answer.ts';
import type { TicketAct } from './commands.ts';
import type { TicketEvent } from './events.ts';
import type { MajorAct } from './major.ts';
import type { TicketRefusal } from './refusals.ts';
import type { Ticket } from './ticket.ts';

type CreateAct = Extract<TicketAct, { verb: 'create' }>;

/** What a process lays over the common ticket: acts of its own, and what they change about the common ones. */
export interface TicketOverlay {
  /** What comes with making a ticket that asks for it. */
  readonly open: (
    act: CreateAct,
    context: DecisionContext<Ticket, TicketEvent>,
    ticket: Readable,
  ) => Result<Pick<Verdict<TicketEvent>, 'events' | 'tell'>, TicketRefusal>;
  /** The refusal of a common act that may not happen as things stand; null where it may. */
  readonly forbid: (kase: TicketCase, act: TicketAct) => TicketAnswer | null;
  readonly decide: (kase: TicketCase, act: MajorAct) => TicketAnswer;
  /** What else happens when a common act is taken. */
  readonly follow: (kase: TicketCase, events: readonly TicketEvent[]) => readonly TicketEvent[];
}
