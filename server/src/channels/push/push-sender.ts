/**
 * Sends what is due to devices. Each push service has a lane of its own, so that one that is slow or silent holds up
 * no other; anybody may name one. At least once: a message is marked before the push service hears of
 * it and after it answered; what was cut off between goes again, under a topic and a tag that show it once.
 */
import { MAIL_POLICY, nextMailAttempt, whyNotTold } from '@muster/domain/shared';
import type { PersonId } from '@muster/domain/shared';
import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';
import type { Logger } from '../../log.ts';
import type { Store } from '../../store/store.ts';
import { beginSending, endDelivery, putBack, resumeCutOff } from '../deliveries.ts';
import type { Delivery } from '../deliveries.ts';
import { loadCase, namesIn } from '../mail/mail-case.ts';
import { mailWords } from '../mail/words.ts';
import { OwedSteps } from '../owed-steps.ts';
import { findDevice, forgetDevice, noteRefused, noteTaken } from './devices.ts';
import type { PushDevice } from './devices.ts';
import { dueDeliveriesAt, dueOrigins } from './push-deliveries.ts';
import { pushKeys } from './push-keys.ts';
import { pushMessage } from './push-message.ts';
import type { PushMessage } from './push-message.ts';
import { sendPush } from './push-transport.ts';
import type { PushAnswer, PushSettings } from './push-transport.ts';

const LOOK_EVERY_MS = 1_000;
/** Messages on their way to one push service at the same time. */
const BATCH = 5;
/** While a push service does not answer, one message is tried now and then for all. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
/** While the store fails nothing is sent: what cannot be noted would be sent twice. */
const STORE_PAUSE_MS = 10_000;
const LAST_MESSAGES_MS = 5_000;
const TEST_TTL_SECONDS = 60;
const TIME_OVER = 'not sent within a day';

interface Lane {
  running: Promise<void> | null;
  silences: number;
  pausedUntil: number;
}

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
  readonly #log: Logger;
  readonly #timer: NodeJS.Timeout;
  /** By the origin of the push service. */
  readonly #lanes = new Map<string, Lane>();
  readonly #owed = new OwedSteps();
  #resumed = false;
  #stopped = false;
  #pausedUntil = 0;

  constructor({ store, subject, allowPrivate, log }: PushSenderOptions) {
    this.allowPrivate = allowPrivate;
    this.#store = store;
    this.#subject = subject;
    this.#log = log;
    this.#timer = setInterval(() => void this.#look(Date.now()), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** The key with which browsers subscribe. */
  async publicKey(): Promise<string> {
    return (await pushKeys(this.#store.writer, Date.now())).publicKey;
  }

  /** Sends what is due at `now`, after what is being sent already. */
  async work(now: number = Date.now()): Promise<void> {
    await Promise.all(this.#running());
    await this.#look(now);
    await Promise.all(this.#running());
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
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    const running = this.#running();
    if (running.length > 0)
      await Promise.race([Promise.all(running), sleep(LAST_MESSAGES_MS, undefined, { ref: false })]);
  }

  #running(): readonly Promise<void>[] {
    return [...this.#lanes.values()].flatMap(({ running }) => running ?? []);
  }

  /** Opens the lanes of all push services for which something is due and that are not being served. */
  async #look(now: number): Promise<void> {
    if (this.#stopped || now < this.#pausedUntil) return;
    try {
      await this.#owed.settle();
      if (!this.#resumed) await resumeCutOff(this.#store.writer, 'push', now);
      this.#resumed = true;
      for (const origin of await dueOrigins(this.#store.reader, now)) this.#serve(origin, now);
    } catch (error) {
      this.#rest(error, now);
    }
  }

  #serve(origin: string, now: number): void {
    const lane = this.#lanes.get(origin) ?? { running: null, silences: 0, pausedUntil: 0 };
    this.#lanes.set(origin, lane);
    if (lane.running !== null) return;
    lane.running = this.#drain(origin, lane, now)
      .catch((error: unknown) => this.#rest(error, now))
      .finally(() => {
        lane.running = null;
        if (lane.silences === 0) this.#lanes.delete(origin);
      });
  }

  #rest(error: unknown, now: number): void {
    this.#log.warn({ error }, 'news to devices waits: the store did not take its steps');
    this.#pausedUntil = Math.max(this.#pausedUntil, now + STORE_PAUSE_MS);
  }

  async #drain(origin: string, lane: Lane, now: number): Promise<void> {
    while (!this.#stopped && now >= this.#pausedUntil && now >= lane.pausedUntil) {
      const most = lane.silences > 0 ? 1 : BATCH;
      const due = await dueDeliveriesAt(this.#store.reader, origin, now, most);
      if (due.length === 0) return;
      const ends = await Promise.allSettled(due.map((delivery) => this.#deliver(delivery, lane, now)));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
    }
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
    if (kase === null || why !== null || kase.ticket === null) return skip(why ?? 'no-access');
    const news = mailWords(kase.kind, kase.detail, await namesIn(reader, kase));
    const message = pushMessage(delivery.item, kase.ticket, news);
    const begun = await beginSending(writer, delivery.id, null, now);
    if (begun === null) return;
    const answer = await this.#send(device, message, {
      ttlSeconds: Math.max(60, Math.round((begun.until - now) / 1_000)),
      isUrgent: MAIL_POLICY[kase.kind].delayMs === 0,
    });
    heed(lane, answer, now);
    await this.#owed.take(() => this.#end(begun, device, answer, now));
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

/** Lets a push service rest while nothing is heard of it. */
function heed(lane: Lane, { isSilent }: PushAnswer, now: number): void {
  if (!isSilent) {
    lane.silences = 0;
    lane.pausedUntil = 0;
    return;
  }
  // messages that were on their way together met one and the same silence
  if (now < lane.pausedUntil) return;
  lane.pausedUntil = now + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** lane.silences);
  lane.silences += 1;
}
