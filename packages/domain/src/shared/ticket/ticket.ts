import type { PersonId, RecordId, ServiceId, TeamId } from '../ids.ts';
import type { Instant } from '../instant.ts';
import type { Level, Priority } from '../priority.ts';
import type { TicketProcess } from '../process.ts';
import type { Call } from './call.ts';
import type { Escalation } from './escalation.ts';
import type { MajorIncident } from './major.ts';

export const HOLD_REASONS = ['caller', 'change', 'problem', 'vendor'] as const;
export type HoldReason = (typeof HOLD_REASONS)[number];

export const LINK_KINDS = ['parent', 'child', 'duplicate', 'related', 'caused-by', 'causes'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

export const CHANNELS = ['portal', 'phone', 'email', 'chat', 'alert', 'import', 'desk'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What a desk request is about (A1 row 1); an incident's kind is always `incident`. */
export const TICKET_KINDS = ['request', 'complaint', 'setback', 'question', 'incident'] as const;
export type TicketKind = (typeof TICKET_KINDS)[number];

export interface TicketLink {
  readonly kind: LinkKind;
  readonly target: RecordId;
}

/** The resolution code of incidents that waited for a problem which is fixed. Like the codes of the form, it reads as it stands. */
export const RESOLVED_BY_PROBLEM = 'Resolved by problem';

export interface Resolution {
  readonly code: string;
  readonly notes: string;
}

/**
 * A record that people work on a queue: the scalars of a desk request or an incident.
 * It is what `evolve` folds, what a `record` row stores and what a board row carries, one for one.
 * Conversation and history are events; descriptions are text in the room.
 */
export interface Ticket {
  readonly id: RecordId;
  readonly process: TicketProcess;
  /** `INC-2026-00042`, given by the server; null while the record is only on the device that made it. */
  readonly number: string | null;
  readonly version: number;
  readonly kind: TicketKind;
  readonly title: string;
  readonly state: string;
  readonly holdReason: HoldReason | null;
  readonly impact: Level;
  readonly urgency: Level;
  readonly priority: Priority;
  readonly matrixVersion: number;
  /** Why the priority differs from the matrix; null when it does not. */
  readonly priorityReason: string | null;
  readonly requester: PersonId;
  readonly team: TeamId | null;
  readonly owner: PersonId | null;
  readonly coOwners: readonly PersonId[];
  readonly service: ServiceId | null;
  /** Configuration items that it is about, beside its service. */
  readonly items: readonly RecordId[];
  readonly category: string | null;
  readonly channel: Channel;
  readonly tags: readonly string[];
  readonly links: readonly TicketLink[];
  readonly watchers: readonly PersonId[];
  readonly mergedInto: RecordId | null;
  readonly snoozedUntil: Instant | null;
  readonly snoozedBy: PersonId | null;
  readonly resolution: Resolution | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
  readonly resolvedAt: Instant | null;
  readonly closedAt: Instant | null;
  readonly firstResponseAt: Instant | null;
  /** The last public word: who has the ball. */
  readonly lastReplyAt: Instant | null;
  readonly lastReplyBy: 'requester' | 'staff' | null;
  readonly reopenCount: number;
  /** Start, stop, start, … of the resolution clock; running when the length is odd (A0.4). */
  readonly clock: readonly Instant[];
  /** This team, and `readers`, alone may read it as staff; null with no readers for everybody on the staff. */
  readonly restrictedTo: TeamId | null;
  /** People who alone may read it as staff, beside the team. */
  readonly readers: readonly PersonId[];
  /** What an incident is, was or may become beside itself: a major one. */
  readonly major: MajorIncident | null;
  /** Null for a ticket that nobody escalated and no clock spoke of. */
  readonly escalation: Escalation | null;
  /** The last call of each team, going on or over, in the order in which they began. */
  readonly calls: readonly Call[];
}

/** The fields that `edit` may set. Everything else has a command of its own. */
export interface TicketFields {
  readonly title: string;
  readonly kind: TicketKind;
  readonly impact: Level;
  readonly urgency: Level;
  readonly service: ServiceId | null;
  readonly category: string | null;
  readonly tags: readonly string[];
}
