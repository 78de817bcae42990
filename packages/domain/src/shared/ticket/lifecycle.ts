import type { Actor } from '../people.ts';
import type { TicketProcess } from '../process.ts';
import { NUMBER_PREFIX } from '../token.ts';
import type { NumberPrefix } from '../token.ts';
import { SYSTEM } from '../ids.ts';
import { canReadAsStaff } from './access.ts';
import type { Ticket } from './ticket.ts';

/** What a person must say with a transition; a form asks for exactly these. */
export type TransitionNeed = 'reason' | 'holdReason' | 'code' | 'notes';

/** What a ticket must have before a transition. */
export type TransitionField = 'service' | 'team';

/** Who may take a transition: one of these is enough. */
export type TransitionParty = 'requester' | 'owner' | 'worker' | 'reopener' | 'approver';

export interface Transition {
  readonly from: string;
  readonly to: string;
  readonly by: readonly TransitionParty[];
  readonly needs: readonly TransitionNeed[];
  /** Names the field that the ticket lacks for this step; null when it lacks none. */
  readonly guard?: (ticket: Ticket) => TransitionField | null;
}

/** The states of a process and the ways between them, as a table (A8). `merged` is reached by merging only. */
export interface Lifecycle {
  readonly process: TicketProcess;
  readonly numberPrefix: NumberPrefix;
  readonly initial: string;
  readonly states: readonly string[];
  /** Work is still to be done. `resolved` is neither open nor terminal. */
  readonly open: ReadonlySet<string>;
  readonly terminal: ReadonlySet<string>;
  readonly transitions: readonly Transition[];
  /** The steps that this person may take now, given what they bring each step's `needs`. */
  readonly allowedTransitions: (ticket: Ticket, actor: Actor) => readonly Transition[];
  readonly withholds: Withholds;
}

/** Whether a step of the table is not to be taken as a ticket stands beside its state. */
export type Withholds = (ticket: Ticket, to: string, actor: Actor) => boolean;

/** Where every ticket process ends. */
export const TERMINAL_STATES: ReadonlySet<string> = new Set(['closed', 'cancelled', 'merged']);

export interface LifecycleTable {
  readonly process: TicketProcess;
  readonly initial: string;
  readonly open: readonly string[];
  readonly transitions: readonly Transition[];
  readonly withholds?: Withholds;
}

/** Makes a lifecycle of its table: adds the common end and the way to cancel every open state. */
export function defineLifecycle(table: LifecycleTable): Lifecycle {
  const cancels = table.open.map((from): Transition => ({
    from,
    to: 'cancelled',
    by: ['requester', 'worker'],
    needs: ['reason'],
  }));
  const transitions = [...table.transitions, ...cancels];
  const withholds = table.withholds ?? (() => false);
  return {
    process: table.process,
    numberPrefix: NUMBER_PREFIX[table.process],
    initial: table.initial,
    states: [...table.open, 'resolved', ...TERMINAL_STATES],
    open: new Set(table.open),
    terminal: TERMINAL_STATES,
    transitions,
    withholds,
    allowedTransitions: (ticket, actor) =>
      transitions.filter(
        (transition) =>
          transition.from === ticket.state &&
          mayTake(transition, ticket, actor) &&
          !withholds(ticket, transition.to, actor) &&
          (transition.guard?.(ticket) ?? null) === null,
      ),
  };
}

/** Whether a person is one of the parties of a transition. */
export function mayTake(transition: Transition, ticket: Ticket, actor: Actor): boolean {
  if (actor.id === SYSTEM) return true;
  return transition.by.some((party) => isParty(party, ticket, actor));
}

function isParty(party: TransitionParty, ticket: Ticket, actor: Actor): boolean {
  if (party === 'requester') return ticket.requester === actor.id;
  if (!canReadAsStaff(actor, ticket)) return false;
  switch (party) {
    case 'owner':
      return ticket.owner === actor.id;
    case 'worker':
      return actor.permissions.has(`${ticket.process}.work`);
    case 'reopener':
      return actor.permissions.has(`${ticket.process}.reopen`);
    case 'approver':
      return actor.permissions.has('desk.approve') && ticket.requester !== actor.id;
  }
}
