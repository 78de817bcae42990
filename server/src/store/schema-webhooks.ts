/** The tables of webhooks: see schema.ts. */
import type { Generated } from 'kysely';
import type { DeliveryState } from './schema-channels.ts';

/** Somebody else's system that is told of events. */
export interface WebhookTable {
  id: string;
  name: string;
  url: string;
  /** What its messages are signed with; kept readable, because signing needs it. */
  secret: string;
  secret_made_at: number;
  /** JSON: WebhookKind[]. */
  kinds: string;
  enabled: number;
  made_by: string;
  made_at: number;
  /** The first failure since it took something. */
  failing_since: number | null;
  /** When it was switched off because it took nothing for long; null when a person did, and while it is on. */
  given_up_at: number | null;
}

/** One event on its way to one webhook. */
export interface WebhookDeliveryTable {
  id: Generated<number>;
  webhook: string;
  /** The event's own id: the same for every attempt and every webhook. */
  message: string;
  type: string;
  record: string;
  /** What is sent, as text, since a signature is of bytes. */
  body: string;
  state: DeliveryState;
  attempts: Generated<number>;
  made_at: number;
  next_at: number;
  until: number;
  ended_at: number | null;
  /** The first of its attempts that failed; null before any did. */
  failing_since: number | null;
  /** The last status that was answered; null when nothing was. */
  status: number | null;
  /** How the last answer began. */
  answer: string | null;
  /** Why it was skipped or failed; while it is queued, what the last attempt met. */
  reason: string | null;
}
