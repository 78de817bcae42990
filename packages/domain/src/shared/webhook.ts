/** What a webhook sends: which events, what of a record, and how long it is tried. */
import type { PersonId } from './ids.ts';
import type { Instant } from './instant.ts';
import { phaseOf } from './ticket/major.ts';
import type { MajorPhase, MajorState, Severity } from './ticket/major.ts';
import { isRestricted } from './ticket/restriction.ts';
import type { EscalationLevel, Threshold } from './ticket/escalation.ts';
import type { TicketEvent } from './ticket/events.ts';
import type { Ticket } from './ticket/ticket.ts';

/** The kinds of events among which a webhook chooses, in the order in which people do. */
export const WEBHOOK_KINDS = [
  'record.created',
  'record.assigned',
  'record.moved',
  'record.edited',
  'record.replied',
  'record.escalated',
  'record.threshold-passed',
  'record.merged',
  'major.declared',
  'major.changed',
  'major.ended',
  'change.created',
  'change.moved',
  'change.approved',
] as const;

/** The kinds of events of changes; `record` is another in them. */
export type ChangeWebhookKind = Extract<WebhookKind, `change.${string}`>;

export type WebhookKind = (typeof WEBHOOK_KINDS)[number];

/** What of a record leaves the house. Nothing here names another record: that one may be restricted. */
const SENT_FIELDS = [
  'id',
  'process',
  'number',
  'version',
  'kind',
  'title',
  'state',
  'holdReason',
  'impact',
  'urgency',
  'priority',
  'requester',
  'team',
  'owner',
  'service',
  'category',
  'channel',
  'tags',
  'createdAt',
  'updatedAt',
  'resolvedAt',
  'closedAt',
] as const satisfies readonly (keyof Ticket)[];

export interface WebhookRecord extends Pick<Ticket, (typeof SENT_FIELDS)[number]> {
  readonly escalationLevel: EscalationLevel;
  /** Null for a record that never was proposed as a major incident. */
  readonly major: {
    readonly state: MajorState;
    readonly severity: Severity;
    readonly phase: MajorPhase | null;
  } | null;
}

export interface WebhookContent {
  readonly type: Exclude<WebhookKind, ChangeWebhookKind>;
  readonly data: {
    readonly record: WebhookRecord;
    readonly by: PersonId;
    /** Of a public reply; no other words that people wrote about a record go out, but its title. */
    readonly text?: string;
    /** Of a target that is nearly or wholly used up. */
    readonly threshold?: Threshold;
  };
  /** What held before of the fields that changed; null for a new record. */
  readonly previous: Partial<WebhookRecord> | null;
}

/** What a webhook is told of an event of a record; null for one that no webhook is told of. */
export function webhookContent(
  before: Ticket | null,
  after: Ticket,
  event: TicketEvent,
  by: PersonId,
): WebhookContent | null {
  const type = webhookKindOf(event);
  if (type === null || isRestricted(after) || (before !== null && isRestricted(before))) return null;
  const record = sentOf(after);
  const data = {
    record,
    by,
    ...(event.type === 'replied' && { text: event.text }),
    ...(event.type === 'threshold-passed' && {
      threshold: { metric: event.metric, percent: event.percent },
    }),
  };
  return { type, data, previous: before === null ? null : differing(sentOf(before), record) };
}

function webhookKindOf(event: TicketEvent): WebhookContent['type'] | null {
  switch (event.type) {
    case 'created':
      return 'record.created';
    case 'claimed':
    case 'assigned':
      return 'record.assigned';
    case 'transitioned':
      return 'record.moved';
    case 'edited':
    case 'priority-overridden':
      return 'record.edited';
    case 'replied':
      return 'record.replied';
    case 'escalated-to-team':
    case 'escalated-upward':
    case 'escalation-ended':
      return 'record.escalated';
    case 'threshold-passed':
      return 'record.threshold-passed';
    case 'merged':
      return 'record.merged';
    case 'major-accepted':
      return 'major.declared';
    case 'severity-set':
    case 'phase-moved':
      return 'major.changed';
    case 'major-demoted':
    case 'major-closed':
      return 'major.ended';
    default:
      return null;
  }
}

function sentOf(ticket: Ticket): WebhookRecord {
  const { major } = ticket;
  const plain = Object.fromEntries(SENT_FIELDS.map((field) => [field, ticket[field]]));
  return {
    ...(plain as Pick<Ticket, (typeof SENT_FIELDS)[number]>),
    escalationLevel: ticket.escalation?.level ?? 0,
    major: major === null ? null : { state: major.state, severity: major.severity, phase: phaseOf(major) },
  };
}

function differing(before: WebhookRecord, after: WebhookRecord): Partial<WebhookRecord> {
  const changed = (Object.keys(before) as (keyof WebhookRecord)[]).filter(
    (field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
  return Object.fromEntries(changed.map((field) => [field, before[field]]));
}

/** How long one event is tried. */
export const WEBHOOK_TRIED_MS = 24 * 60 * 60_000;
/** How long an event waits for an earlier one of its record that was tried and is not taken. */
export const WEBHOOK_ORDER_MS = 60 * 60_000;
const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 60 * 60_000;
const PATIENCE_MS = 3 * 24 * 60 * 60_000;

/** When an event that was not taken is tried again; null when its time is over. */
export function nextWebhookAttempt(attempts: number, now: Instant, until: Instant): Instant | null {
  const pause = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.max(0, attempts - 1));
  return now + pause > until ? null : now + pause;
}

/** Whether a webhook is to be switched off: one of its events failed for good and none was taken for three days. */
export function isHopeless(failingSince: Instant | null, now: Instant): boolean {
  return failingSince !== null && now - failingSince >= PATIENCE_MS;
}
