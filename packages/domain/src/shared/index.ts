/** What every process shares: ids, time, people, results, the decider, and the ticket kernel. */
export { ok, refuse, unreachable } from './result.ts';
export type { Result } from './result.ts';
export { SYSTEM, commandId, isUlid, personId, recordId, serviceId, teamId } from './ids.ts';
export type { CommandId, PersonId, RecordId, ServiceId, TeamId } from './ids.ts';
export { PROCESSES, TICKET_PROCESSES, isTicketProcess } from './process.ts';
export type { Process, TicketProcess } from './process.ts';
export type { Instant } from './instant.ts';
export { PERMISSIONS, ROLES } from './people.ts';
export type { Actor, Permission, Person, Role } from './people.ts';
export type { Agreement, BusinessCalendar, Directory, Service, Team } from './directory.ts';
export { DEFAULT_MATRIX, priorityOf } from './priority.ts';
export type { Level, Priority, PriorityMatrix } from './priority.ts';
export type { Cause, CommandEnvelope, CommandOutcome, Outcome, RefusalContent } from './command.ts';
export type { Decider, DecisionContext, Recorded, Tell, Verdict } from './decider.ts';
export {
  CHANNELS,
  HOLD_REASONS,
  LINK_KINDS,
  TICKET_KINDS,
  audienceOf,
} from './ticket/index.ts';
export type {
  Channel,
  HoldReason,
  LinkKind,
  Resolution,
  Ticket,
  TicketAct,
  TicketCommand,
  TicketEvent,
  TicketEventType,
  TicketFields,
  TicketKind,
  TicketLink,
  TicketRefusal,
  TicketRefusalFacts,
  TicketRefusalReason,
  TicketVerb,
} from './ticket/index.ts';
