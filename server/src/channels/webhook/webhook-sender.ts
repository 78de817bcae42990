/**
 * Sends events to webhooks. Each webhook has a lane of its own, so that one that is slow holds up no other. At least
 * once: an event is marked before the receiver hears of it and after it answered; what was cut off between goes again
 * under the same id.
 */
import { WEBHOOK_TRIED_MS, isHopeless, isRestricted, nextWebhookAttempt } from '@muster/domain/shared';
import type { Selectable } from 'kysely';
import { ulid } from 'ulid';
import { ticketOf } from '../../commands/records.ts';
import type { Logger } from '../../log.ts';
import type { WebhookTable } from '../../store/schema-webhooks.ts';
import type { Store } from '../../store/store.ts';
import { Lanes, heed } from '../lanes.ts';
import type { Lane } from '../lanes.ts';
import { post } from '../outgoing/post.ts';
import type { PostAnswer } from '../outgoing/post.ts';
import { signedHeaders } from './signature.ts';
import { tellGivenUp } from './tell-given-up.ts';
import {
  OF_NO_RECORD,
  beginSending,
  dueDeliveriesTo,
  dueWebhooks,
  endDelivery,
  hurryDeliveriesTo,
  noteTest,
  putBack,
  resumeCutOff,
  sendAgain,
} from './webhook-deliveries.ts';
import type { WebhookDelivery } from './webhook-deliveries.ts';
import { findWebhook, giveUp, noteNotTaken, noteTaken } from './webhooks.ts';

/** Events on their way to one webhook at the same time, never two of one record. */
const BATCH = 4;
const TIMEOUT_MS = 10_000;
/** Whoever takes something after so long was away: what waits for it is not left to the pauses between its attempts. */
const AWAY_MS = 5 * 60_000;
const TIME_OVER = 'not taken within a day';

type Receiver = Selectable<WebhookTable>;

export interface WebhookSenderOptions {
  readonly store: Store;
  /** Whether receivers in the own network may be reached. */
  readonly allowPrivate: boolean;
  readonly log: Logger;
}

export class WebhookSender {
  readonly allowPrivate: boolean;
  readonly #store: Store;
  readonly #log: Logger;
  readonly #lanes: Lanes;

  constructor({ store, allowPrivate, log }: WebhookSenderOptions) {
    this.allowPrivate = allowPrivate;
    this.#store = store;
    this.#log = log;
    this.#lanes = new Lanes({
      log,
      waits: 'webhooks wait: the store did not take their steps, and they are tried again',
      resume: (now) => resumeCutOff(store.writer, now),
      due: (now) => dueWebhooks(store.reader, now),
      take: async (id, lane, now) => {
        const receiver = await findWebhook(store.reader, id);
        if (receiver?.enabled !== 1) return [];
        const due = await dueDeliveriesTo(store, id, now, lane.silences > 0 ? 1 : BATCH);
        return due.map((delivery) => this.#deliver(receiver, lane, delivery, now));
      },
    });
  }

  /** Sends what is due at `now`, after what is being sent already. */
  work(now: number = Date.now()): Promise<void> {
    return this.#lanes.work(now);
  }

  /** A message to a receiver at once, to see whether it takes any; null when there is no such webhook. */
  async sendTest(id: string, by: string): Promise<PostAnswer | null> {
    const receiver = await findWebhook(this.#store.reader, id);
    if (receiver === null) return null;
    const message = `test-${ulid()}`;
    const now = Date.now();
    const told = { id: message, type: 'webhook.test', createdAt: now, data: { by }, previous: null };
    const body = JSON.stringify(told);
    const answer = await this.#post(receiver, message, body);
    const { status, text } = answer;
    const end = isTaken(answer)
      ? { state: 'sent' as const }
      : { state: 'failed' as const, reason: reasonOf(answer) };
    const sent = { webhook: id, message, type: told.type, body, made_at: now };
    await noteTest(this.#store.writer, sent, { ...end, status, answer: text }, Date.now());
    return answer;
  }

  /** Sends again what is over, under its id; false when there is nothing of the kind. */
  sendAgain(webhook: string, delivery: number, now: number): Promise<boolean> {
    this.#lanes.hurry(webhook);
    return sendAgain(this.#store.writer, webhook, delivery, now, now + WEBHOOK_TRIED_MS);
  }

  /** Lets what is on its way arrive, for a time; what is not done then goes again after the next start. */
  stop(): Promise<void> {
    return this.#lanes.stop();
  }

  async #deliver(receiver: Receiver, lane: Lane, delivery: WebhookDelivery, now: number): Promise<void> {
    const { writer } = this.#store;
    if (now > delivery.until) return this.#fail(receiver, delivery, delivery.reason, now);
    if (!(await this.#isOpen(delivery.record)))
      return endDelivery(writer, delivery.id, 'skipped', { reason: 'restricted' }, now);
    const begun = await beginSending(writer, delivery.id, now);
    if (begun === null) return;
    const answer = await this.#post(receiver, begun.message, begun.body);
    const wasHeard = lane.silences === 0;
    heed(lane, answer.status === null, now);
    if (wasHeard && lane.silences > 0)
      this.#log.warn({ webhook: receiver.id }, 'a webhook does not answer; its events wait');
    await this.#lanes.owed.take(() => this.#end(receiver, begun, answer, now));
  }

  /** Whether the record is open to all staff still: what was restricted since is told to nobody outside. */
  async #isOpen(record: string): Promise<boolean> {
    if (record === OF_NO_RECORD) return true;
    const row = await this.#store.reader
      .selectFrom('record')
      .select('data')
      .where('id', '=', record)
      .executeTakeFirst();
    return row !== undefined && !isRestricted(ticketOf(row));
  }

  #post({ url, secret }: Receiver, message: string, body: string): Promise<PostAnswer> {
    return post({
      url,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Muster-Webhook',
        ...signedHeaders(message, body, secret, Date.now()),
      },
      body,
      allowPrivate: this.allowPrivate,
      timeoutMs: TIMEOUT_MS,
    });
  }

  async #end(
    { id, failing_since }: Receiver,
    begun: WebhookDelivery,
    answer: PostAnswer,
    now: number,
  ): Promise<void> {
    const { writer } = this.#store;
    const { status, text } = answer;
    if (isTaken(answer)) {
      await endDelivery(writer, begun.id, 'sent', { status, answer: text }, now);
      if (failing_since !== null && now - failing_since >= AWAY_MS) await hurryDeliveriesTo(writer, id, now);
      return noteTaken(writer, id);
    }
    await noteNotTaken(writer, id, now);
    const reason = reasonOf(answer);
    const again = nextWebhookAttempt(begun.attempts, now, begun.until);
    if (again !== null) return putBack(writer, begun.id, again, { status, answer: text, reason }, now);
    const receiver = await findWebhook(writer, id);
    if (receiver !== null) await this.#fail(receiver, { ...begun, status, answer: text }, reason, now);
  }

  async #fail(
    { id, name, enabled, failing_since }: Receiver,
    { id: delivery, status, answer }: WebhookDelivery,
    met: string | null,
    now: number,
  ): Promise<void> {
    const { writer } = this.#store;
    const reason = met === null ? TIME_OVER : `${TIME_OVER}: ${met}`;
    await endDelivery(writer, delivery, 'failed', { status, answer, reason }, now);
    if (enabled !== 1 || !isHopeless(failing_since, now)) return;
    // told first: whoever dies between tells once more under the same id, which shows once
    await tellGivenUp(this.#store, { id, name, failingSince: failing_since ?? now }, now);
    await giveUp(writer, id, now);
    this.#log.warn({ webhook: id }, 'a webhook was switched off: it took nothing for days');
  }
}

export function isTaken({ status }: PostAnswer): boolean {
  return status !== null && status >= 200 && status < 300;
}

function reasonOf({ status, text }: PostAnswer): string {
  if (status === null) return text;
  return status >= 300 && status < 400
    ? `answered ${status}, and redirects are not followed`
    : `answered ${status}`;
}
