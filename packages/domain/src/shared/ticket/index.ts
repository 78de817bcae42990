export { CHANNELS, HOLD_REASONS, LINK_KINDS, TICKET_KINDS } from './ticket.ts';
export type {
  Channel,
  HoldReason,
  LinkKind,
  Resolution,
  Ticket,
  TicketFields,
  TicketKind,
  TicketLink,
} from './ticket.ts';
export type { TicketAct, TicketCommand, TicketVerb } from './commands.ts';
export { audienceOf } from './events.ts';
export type { TicketEvent, TicketEventType } from './events.ts';
export type { TicketRefusal, TicketRefusalFacts, TicketRefusalReason } from './refusals.ts';
