/** The tables of the channels by which people are told outside of the product: see schema.ts. */
import type { Generated } from 'kysely';

export const DELIVERY_STATES = ['queued', 'sending', 'sent', 'failed', 'skipped'] as const;

export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** A channel by which people are told outside of the product. */
export const DELIVERY_CHANNELS = ['mail', 'push'] as const;
export type DeliveryChannel = (typeof DELIVERY_CHANNELS)[number];

/**
 * One inbox item, or one notice of an announcement, on its way to its person by one channel, or to one of their
 * devices; never a second of the same.
 */
export interface DeliveryTable {
  id: Generated<number>;
  /** The inbox item; of a notice or a confirmation a name that no other has. */
  item: string;
  /** Empty for somebody without an account, whom `subscriber` names. */
  person: string;
  channel: DeliveryChannel;
  /** Empty for mail, which goes to the person. */
  device: Generated<string>;
  /** Of what is due at once the lowest goes first (`MAIL_RANKS`). */
  rank: Generated<number>;
  /** The row of `announcement_mail` that it is about; null for an inbox item and for a confirmation. */
  notice: number | null;
  /** Who follows the status page without an account; null for people. */
  subscriber: string | null;
  state: DeliveryState;
  attempts: Generated<number>;
  made_at: number;
  /** When it is due; while it is sending, when that began. */
  next_at: number;
  /** It is tried until then. */
  until: number;
  /** Given to a mail at the first attempt and kept for all. */
  message_id: string | null;
  /** When it was sent, skipped, or failed for good. */
  ended_at: number | null;
  /** What the mail server said when it took it. */
  answer: string | null;
  /** Why it was skipped or failed; while it is queued, what the last attempt met. */
  reason: string | null;
}

/** A notice of an announcement whose mails are put into the queue page by page. */
export interface AnnouncementMailTable {
  id: Generated<number>;
  announcement: string;
  /** Of the event by which people were told: with the announcement it names the notice. */
  version: number;
  /** JSON: ToldNotice. */
  told: string;
  /** Whose mails are queued now; `done` when all are. */
  stage: 'people' | 'subscribers' | 'done';
  /** The last of them that was looked at, by id; empty before the first. */
  after: string;
}

/** Somebody without an account who gets what is announced in public. */
export interface StatusSubscriberTable {
  id: string;
  /** In small letters; never a second of the same. */
  address: string;
  /** When they last asked; the link of an earlier mail holds no more. */
  asked_at: number;
  /** Null until they said yes by the link in the mail. */
  confirmed_at: number | null;
}

/** Where a person's choice differs from the default of a kind. */
export interface ChannelChoiceTable {
  person: string;
  channel: DeliveryChannel;
  kind: string;
  wanted: number;
}

/** A browser that shows news by Web Push, for as long as somebody is signed in there. */
export interface PushDeviceTable {
  id: string;
  person: string;
  session: string;
  /** Where its push service takes messages for it. */
  endpoint: string;
  /** Its public key and secret, in base64url (RFC 8291). */
  p256dh: string;
  auth: string;
  /** What the browser called itself. */
  name: string;
  made_at: number;
  /** Of its endpoint. */
  origin: string;
  /** How often in a row its push service refused a message. */
  refusals: Generated<number>;
}

/** One row: the keys with which this desk proves itself to push services (RFC 8292), in base64url. */
export interface PushKeyTable {
  id: number;
  public_key: string;
  private_key: string;
  made_at: number;
}

/** How the last talk with a channel's server went. */
export interface ChannelHealthTable {
  channel: DeliveryChannel;
  succeeded_at: number | null;
  failed_at: number | null;
  failure: string | null;
}
