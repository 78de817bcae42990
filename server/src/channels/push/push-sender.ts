/**
 * Sends what is due to devices. Each push service has a lane of its own, so that one that is slow or silent holds up
 * no other; anybody may name one. At least once: a message is marked before the push service hears of
 * it and after it answered; what was cut off between goes again, under a topic and a tag that show it once.
 */
import { MAIL_POLICY, nextMailAttempt, whyNotTold } from '@muster/domain/shared';
import type { PersonId } from '@muster/domain/shared';
import { ulid } from 'ulid';
import type { Logger } from '../../log.ts';
import type { Store } from '../../store/store.ts';
import { beginSending, endDelivery, putBack, resumeCutOff } from '../deliveries.ts';
import type { Delivery } from '../deliveries.ts';
import { Lanes, heed } from '../lanes.ts';
import type { Lane } from '../lanes.ts';
import { loadCase, namesIn } from '../mail/mail-case.ts';
import { mailWords } from '../mail/words.ts';
import { findDevice, forgetDevice, noteRefused, noteTaken } from './devices.ts';
import type { PushDevice } from './devices.ts';
import { dueDeliveriesAt, dueOrigins } from './push-deliveries.ts';
import { pushKeys } from './push-keys.ts';
import { pushMessage } from './push-message.ts';
import type { PushMessage } from './push-message.ts';
import { sendPush } from './push-transport.ts';
import type { PushAnswer, PushSettings } from './push-transport.ts';

/** Messages on their way to one push service at the same time. */
const BATCH = 5;
const TEST_TTL_SECONDS = 60;
const TIME_OVER = 'not sent within a day';

export interface PushSenderOptions {
  readonly store: Store;
  /** Whom push services may ask about what is sent: an https or mailto address. */
  readonly subject: string;
  /** Whether push services in the own network may be reached: never but in tests, since anybody may name one. */
  readonly allowPrivate: boolean;
  readonly log: Logger;
}

export class PushSender {
  readonly allowPrivate: boolean;
  readonly #store: Store;
  readonly #subject: string;
  /** By the origin of the push service. */
  readonly #lanes: Lanes;

  constructor({ store, subject, allowPrivate, log }: PushSenderOptions) {
    this.allowPrivate = allowPrivate;
    this.#store = store;
    this.#subject = subject;
    this.#lanes = new Lanes({
      log,
      waits: 'news to devices waits: the store did not take its steps',
      resume: (now) => resumeCutOff(store.writer, 'push', now),
      due: (now) => dueOrigins(store.reader, now),
      take: async (origin, lane, now) => {
        const due = await dueDeliveriesAt(store.reader, origin, now, lane.silences > 0 ? 1 : BATCH);
        return due.map((delivery) => this.#deliver(delivery, lane, now));
      },
    });
  }

  /** The key with which browsers subscribe. */
  async publicKey(): Promise<string> {
    return (await pushKeys(this.#store.writer, Date.now())).publicKey;
  }

  /** Sends what is due at `now`, after what is being sent already. */
  work(now: number = Date.now()): Promise<void> {
    return this.#lanes.work(now);
  }

  /** A message to one of a person's devices at once, to see whether it arrives; null when they have no such device. */
  async sendTest(person: PersonId, id: string): Promise<PushAnswer | null> {
    const device = await findDevice(this.#store.reader, id, Date.now());
    if (device?.person !== person) return null;
    const message: PushMessage = {
      title: 'Muster can tell you here',
      body: 'You asked for this to see whether news reaches this device. It does.',
      path: '/me/channels',
      tag: `test:${ulid()}`,
    };
    const answer = await this.#send(device, message, { ttlSeconds: TEST_TTL_SECONDS, isUrgent: true });
    if (answer.outcome === 'gone') await forgetDevice(this.#store.writer, device);
    return answer;
  }

  /** Lets messages on their way arrive, for a time; what is not done then goes again after the next start. */
  stop(): Promise<void> {
    return this.#lanes.stop();
  }

  async #deliver(delivery: Delivery, lane: Lane, now: number): Promise<void> {
    const { writer, reader } = this.#store;
    const skip = (reason: string) => endDelivery(writer, delivery.id, { state: 'skipped', reason }, now);
    if (now > delivery.until) {
      const reason = delivery.reason === null ? TIME_OVER : `${TIME_OVER}: ${delivery.reason}`;
      return endDelivery(writer, delivery.id, { state: 'failed', reason }, now);
    }
    // sessions end by the time on the wall, whatever time is being worked off
    const device = await findDevice(reader, delivery.device, Date.now());
    if (device === null || device.person !== delivery.person) return skip('no-device');
    const kase = await loadCase(reader, delivery);
    const why = kase === null ? 'no-access' : whyNotTold(kase);
    if (kase === null || why !== null || kase.subject === null) return skip(why ?? 'no-access');
    const news = mailWords(kase.kind, kase.detail, await namesIn(reader, kase));
    const message = pushMessage(delivery.item, kase.subject, news);
    const begun = await beginSending(writer, delivery.id, null, now);
    if (begun === null) return;
    const answer = await this.#send(device, message, {
      ttlSeconds: Math.max(60, Math.round((begun.until - now) / 1_000)),
      isUrgent: MAIL_POLICY[kase.kind].delayMs === 0,
    });
    heed(lane, answer.isSilent, now);
    await this.#lanes.owed.take(() => this.#end(begun, device, answer, now));
  }

  async #send(
    device: PushDevice,
    message: PushMessage,
    timing: { readonly ttlSeconds: number; readonly isUrgent: boolean },
  ): Promise<PushAnswer> {
    const { endpoint, p256dh, auth } = device;
    const keys = await pushKeys(this.#store.writer, Date.now());
    const settings: PushSettings = { keys, subject: this.#subject, allowPrivate: this.allowPrivate };
    return sendPush(settings, { endpoint, keys: { p256dh, auth } }, message, timing);
  }

  async #end(
    { id, attempts, until }: Delivery,
    device: PushDevice,
    { outcome, text }: PushAnswer,
    now: number,
  ): Promise<void> {
    const { writer } = this.#store;
    switch (outcome) {
      case 'taken':
        await endDelivery(writer, id, { state: 'sent', answer: text }, now);
        return noteTaken(writer, device);
      case 'gone':
        await endDelivery(writer, id, { state: 'skipped', reason: 'no-device' }, now);
        return forgetDevice(writer, device);
      case 'refused':
        await endDelivery(writer, id, { state: 'failed', reason: text }, now);
        return noteRefused(writer, device);
      case 'deferred': {
        const again = nextMailAttempt(attempts, now, until);
        return again === null
          ? endDelivery(writer, id, { state: 'failed', reason: `${TIME_OVER}: ${text}` }, now)
          : putBack(writer, id, again, text);
      }
    }
  }
}
