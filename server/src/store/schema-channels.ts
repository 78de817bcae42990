/** The tables of the channels by which people are told outside of the product: see schema.ts. */
import type { Generated } from 'kysely';

export const DELIVERY_STATES = ['queued', 'sending', 'sent', 'failed', 'skipped'] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** A channel by which people are told outside of the product. */
export const DELIVERY_CHANNELS = ['mail'] as const;
export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number];

/** One inbox item on its way to its person by one channel; never a second of the same. */
export interface DeliveryTable {
  id: Generated<number>;
  item: string;
  person: string;
  channel: DeliveryChannel;
  state: DeliveryState;
  attempts: Generated<number>;
  made_at: number;
  /** When it is due; while it is sending, when that began. */
  next_at: number;
  /** It is tried until then. */
  until: number;
  /** Given at the first attempt and kept for all. */
  message_id: string | null;
  /** When it was sent, skipped, or failed for good. */
  ended_at: number | null;
  /** What the mail server said when it took it. */
  answer: string | null;
  /** Why it was skipped or failed; while it is queued, what the last attempt met. */
  reason: string | null;
}

/** Where a person's choice differs from the default of a kind. */
export interface ChannelChoiceTable {
  person: string;
  channel: DeliveryChannel;
  kind: string;
  wanted: number;
}

/** How the last talk with a channel's server went. */
export interface ChannelHealthTable {
  channel: DeliveryChannel;
  succeeded_at: number | null;
  failed_at: number | null;
  failure: string | null;
}
