import type { PersonId, RecordId, ServiceId, TeamId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { Level, Priority } from '../priority.ts';
import type { TicketProcess } from '../process.ts';
import type { AlertAct } from './alerts.ts';
import type { CallAct } from './call.ts';
import type { EscalationAct } from './escalation.ts';
import type { MajorAct, Severity } from './major.ts';
import type { Channel, HoldReason, LinkKind, TicketFields, TicketKind } from './ticket.ts';

/**
 * What people ask of a ticket. On the wire a command is `{type: '<process>.<verb>', args}`;
 * here it is one union with the process and the verb apart.
 */
export type TicketCommand = { readonly process: TicketProcess } & TicketAct;

export type TicketAct =
  | {
      readonly verb: 'create';
      readonly kind: TicketKind;
      readonly title: string;
      /** Seeds the description in the room; kept in the `created` event for search. */
      readonly description: string;
      readonly impact: Level;
      readonly urgency: Level;
      readonly requester: PersonId;
      readonly service: ServiceId | null;
      readonly category: string | null;
      readonly team: TeamId | null;
      readonly channel: Channel;
      readonly tags?: readonly string[];
      /** Configuration items that it is about. */
      readonly items?: readonly RecordId[];
      readonly restrictedTo?: TeamId | null;
      readonly readers?: readonly PersonId[];
      /** Declares a major incident in the same act: accepted if the actor may, proposed otherwise. */
      readonly major?: { readonly severity: Severity };
    }
  | { readonly verb: 'claim' }
  /** Shares the work with the owner instead of taking it. */
  | { readonly verb: 'co-own' }
  /** Asks the owner to hand the ticket over; the owner is told and answers with `assign`. */
  | { readonly verb: 'request-handover'; readonly note: string }
  | {
      readonly verb: 'assign';
      readonly team: TeamId | null;
      readonly owner: PersonId | null;
      readonly reason?: string;
    }
  | {
      readonly verb: 'transition';
      readonly to: string;
      readonly holdReason?: HoldReason;
      /** Why: needed to cancel, to reopen and to hold. */
      readonly reason?: string;
      /** Needed to resolve. */
      readonly code?: string;
      readonly notes?: string;
    }
  | { readonly verb: 'edit'; readonly fields: Partial<TicketFields> }
  /** Sets a priority that differs from the matrix, with the reason; null goes back to the matrix. */
  | { readonly verb: 'override-priority'; readonly priority: Priority | null; readonly reason: string }
  | { readonly verb: 'link'; readonly kind: LinkKind; readonly target: RecordId }
  | { readonly verb: 'unlink'; readonly kind: LinkKind; readonly target: RecordId }
  /** Says what configuration items it is about: those that come to it, and those that it is not about after all. */
  | { readonly verb: 'name-items'; readonly add: readonly RecordId[]; readonly remove: readonly RecordId[] }
  | { readonly verb: 'merge'; readonly into: RecordId }
  /** An internal note. */
  | { readonly verb: 'comment'; readonly text: string; readonly draft?: string }
  /** A public reply. `draft` is the idempotency key: the same draft is sent once. */
  | { readonly verb: 'reply'; readonly text: string; readonly draft?: string }
  | { readonly verb: 'watch'; readonly person?: PersonId }
  | { readonly verb: 'unwatch'; readonly person?: PersonId }
  /** Who alone may read it as staff: a team, people, or both; neither opens it to everybody on the staff. */
  | {
      readonly verb: 'restrict';
      readonly team: TeamId | null;
      readonly people: readonly PersonId[];
      /** Needed to keep anybody out. */
      readonly reason: string;
    }
  | { readonly verb: 'snooze'; readonly until: Instant }
  | { readonly verb: 'unsnooze' }
  | EscalationAct
  | CallAct
  | MajorAct
  | AlertAct;

export type TicketVerb = TicketAct['verb'];
