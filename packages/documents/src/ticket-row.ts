import { CHANNELS, HOLD_REASONS, LINK_KINDS, TICKET_KINDS, TICKET_PROCESSES } from '@muster/domain/shared';
import type {
  Level,
  PersonId,
  Priority,
  RecordId,
  Resolution,
  ServiceId,
  TeamId,
  Ticket,
  TicketLink,
} from '@muster/domain/shared';
import { digit, flat, id, list, oneOf, optional, since, text, whole } from './codec.ts';
import type { Columns, Plain } from './codec.ts';
import { call } from './call.ts';
import { escalation } from './escalation.ts';
import { majorIncident } from './major.ts';
import { versioned } from './nonconforming.ts';
import type { Nonconforming } from './nonconforming.ts';

export const level = digit<Level>([1, 2, 3]);
export const priority = digit<Priority>([1, 2, 3, 4, 5]);
export const resolution = flat<Resolution>({ code: text, notes: text });

/**
 * Every column of a ticket but its id, which is the key of the row. Order is layout:
 * what most tickets lack stands last and is cut off. A change here needs a new version below and in `KINDS`.
 */
export const TICKET_COLUMNS: Columns<Omit<Ticket, 'id'>> = {
  createdAt: whole,
  process: oneOf(TICKET_PROCESSES),
  number: optional(text),
  version: whole,
  kind: oneOf(TICKET_KINDS),
  title: text,
  state: text,
  impact: level,
  urgency: level,
  priority,
  matrixVersion: whole,
  requester: id<PersonId>(),
  channel: oneOf(CHANNELS),
  updatedAt: since,
  team: optional(id<TeamId>()),
  owner: optional(id<PersonId>()),
  service: optional(id<ServiceId>()),
  category: optional(text),
  clock: list(since),
  firstResponseAt: optional(since),
  lastReplyAt: optional(since),
  lastReplyBy: optional(oneOf(['requester', 'staff'])),
  tags: list(text),
  watchers: list(id<PersonId>()),
  holdReason: optional(oneOf(HOLD_REASONS)),
  reopenCount: whole,
  resolution: optional(resolution),
  resolvedAt: optional(since),
  closedAt: optional(since),
  coOwners: list(id<PersonId>()),
  links: list(flat<TicketLink>({ kind: oneOf(LINK_KINDS), target: id<RecordId>() })),
  priorityReason: optional(text),
  snoozedUntil: optional(since),
  snoozedBy: optional(id<PersonId>()),
  mergedInto: optional(id<RecordId>()),
  restrictedTo: optional(id<TeamId>()),
  major: optional(majorIncident),
  escalation: optional(escalation),
  readers: list(id<PersonId>()),
  calls: list(call),
  items: list(id<RecordId>()),
};

/** 2: `major`, `escalation` and `readers`, at the end. 3: `calls`, 4: `items`, at the end. */
export const ticketRow = versioned(4, flat(TICKET_COLUMNS, 'createdAt'), 1);

/** The row of a ticket on a board. Instants must be whole milliseconds. */
export function encodeRow(ticket: Ticket): Plain {
  return ticketRow.encode(ticket);
}

/** The ticket of a row. Another version or shape gives `Nonconforming` with the column and the reason. */
export function decodeRow(key: string, value: unknown): Ticket | Nonconforming {
  const columns = ticketRow.decode(key, value);
  return 'nonconforming' in columns ? columns : Object.assign(columns, { id: key as RecordId });
}
