/**
 * Sends what is due, a few at a time. At least once: a mail is marked before the mail server hears of it and after it
 * answered; what was cut off between goes again under the same Message-ID.
 */
import { nextMailAttempt, whyNoMail } from '@muster/domain/shared';
import type { Person } from '@muster/domain/shared';
import { setTimeout as sleep } from 'node:timers/promises';
import { ulid } from 'ulid';
import type { Logger } from '../log.ts';
import type { Store } from '../store/store.ts';
import { prepareNotice } from './announcement/notice-mail.ts';
import type { NoticeTools, Prepared } from './announcement/notice-mail.ts';
import { SignedLinks } from './announcement/signed-links.ts';
import { noteMailHealth } from './channel-health.ts';
import { beginSending, dueDeliveries, endDelivery, putBack, resumeCutOff } from './deliveries.ts';
import type { Delivery } from './deliveries.ts';
import { MessageIds } from './mail/ids.ts';
import { loadCase, namesIn, replyOf } from './mail/mail-case.ts';
import type { LoadedCase } from './mail/mail-case.ts';
import { composeMail } from './mail/message.ts';
import type { MailMessage } from './mail/message.ts';
import type { MailSettings } from './mail/settings.ts';
import { openMailTransport } from './mail/transport.ts';
import type { MailAnswer, MailTransport } from './mail/transport.ts';
import { mailWords } from './mail/words.ts';
import { OwedSteps } from './owed-steps.ts';

const LOOK_EVERY_MS = 1_000;
/** Mails on their way at the same time. */
const BATCH = 5;
/** While the mail server does not answer, one mail is tried now and then for all. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
/** While the store fails, a full disk say, nothing is sent: what cannot be noted would be sent twice. */
const STORE_PAUSE_MS = 10_000;
const LAST_MAILS_MS = 5_000;
const TIME_OVER = 'not sent within a day';

export interface MailSenderOptions {
  readonly store: Store;
  readonly settings: MailSettings;
  /** Marks Message-IDs as ours. */
  readonly secret: string;
  /** Public address; without it mails have no link. */
  readonly origin: string | null;
  readonly log: Logger;
}

export class MailSender {
  readonly settings: MailSettings;
  /** Null without a public address: then no mail has a link. */
  readonly links: SignedLinks | null;
  readonly #store: Store;
  readonly #log: Logger;
  readonly #origin: string | null;
  readonly #ids: MessageIds;
  readonly #notices: NoticeTools;
  readonly #transport: MailTransport;
  readonly #timer: NodeJS.Timeout;
  readonly #owed = new OwedSteps();
  #resumed = false;
  #working: Promise<number> | null = null;
  #stopped = false;
  #failuresInARow = 0;
  #pausedUntil = 0;

  constructor({ store, settings, secret, origin, log }: MailSenderOptions) {
    this.settings = settings;
    this.#store = store;
    this.#log = log;
    this.#origin = origin;
    this.#ids = new MessageIds(secret, settings.from.address);
    this.links = origin === null ? null : new SignedLinks(secret, origin);
    this.#notices = { db: store.reader, from: settings.from, ids: this.#ids, origin, links: this.links };
    this.#transport = openMailTransport(settings);
    this.#timer = setInterval(() => void this.work(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** Sends what is due at `now`; how many mails were looked at. One run at a time. */
  work(now: number = Date.now()): Promise<number> {
    if (this.#stopped) return Promise.resolve(0);
    this.#working ??= this.#drain(now)
      .catch((error: unknown) => {
        this.#log.warn({ error }, 'mails wait: the store did not take their steps, and they are tried again');
        this.#pausedUntil = Math.max(this.#pausedUntil, now + STORE_PAUSE_MS);
        return 0;
      })
      .finally(() => {
        this.#working = null;
      });
    return this.#working;
  }

  /** A mail to somebody who wants to see whether mail works. */
  async sendTest(person: Person): Promise<MailAnswer> {
    const message = composeMail({
      from: this.settings.from,
      to: { name: person.name, address: person.email },
      messageId: this.#ids.ofItem(`test:${ulid()}`),
      thread: null,
      reference: null,
      title: 'Muster can send mail',
      news: 'You asked for this mail to see whether Muster can send any. It can.',
      quote: null,
      link: this.#origin,
    });
    const answer = await this.#transport.send(message);
    await this.#heed(answer, Date.now());
    return answer;
  }

  /** Lets mails on their way arrive, for a time; what is not done then goes again after the next start. */
  async stop(): Promise<void> {
    this.#stopped = true;
    clearInterval(this.#timer);
    const working = this.#working;
    if (working !== null) await Promise.race([working, sleep(LAST_MAILS_MS, undefined, { ref: false })]);
  }

  async #drain(now: number): Promise<number> {
    if (now < this.#pausedUntil) return 0;
    await this.#owed.settle();
    if (!this.#resumed) {
      await resumeCutOff(this.#store.writer, 'mail', now);
      this.#resumed = true;
    }
    let looked = 0;
    while (!this.#stopped && now >= this.#pausedUntil) {
      const most = this.#failuresInARow > 0 ? 1 : BATCH;
      const due = await dueDeliveries(this.#store.reader, 'mail', now, most);
      const ends = await Promise.allSettled(due.map((delivery) => this.#deliver(delivery, now)));
      for (const end of ends) if (end.status === 'rejected') throw end.reason;
      looked += due.length;
      if (due.length < most) break;
    }
    return looked;
  }

  async #deliver(delivery: Delivery, now: number): Promise<void> {
    const { writer } = this.#store;
    if (now > delivery.until) {
      const reason = delivery.reason === null ? TIME_OVER : `${TIME_OVER}: ${delivery.reason}`;
      return endDelivery(writer, delivery.id, { state: 'failed', reason }, now);
    }
    const messageId = delivery.message_id ?? this.#ids.ofItem(delivery.item);
    const prepared =
      (await prepareNotice(this.#notices, delivery, messageId)) ?? (await this.#prepare(delivery, messageId));
    if ('skip' in prepared)
      return endDelivery(writer, delivery.id, { state: 'skipped', reason: prepared.skip }, now);
    const { message } = prepared;
    const begun = await beginSending(writer, delivery.id, messageId, now);
    if (begun === null) return;
    const answer = await this.#transport.send(message);
    await this.#owed.take(() => this.#end(begun, answer, now));
    await this.#heed(answer, now);
  }

  /** The mail about an inbox item. */
  async #prepare(delivery: Delivery, messageId: string): Promise<Prepared> {
    const kase = await loadCase(this.#store.reader, delivery);
    const skip = kase === null ? 'no-access' : whyNoMail(kase);
    if (kase === null || skip !== null) return { skip: skip ?? 'no-access' };
    return { message: await this.#compose(kase, messageId) };
  }

  async #compose(kase: LoadedCase, messageId: string): Promise<MailMessage> {
    const { person, subject, kind, detail } = kase;
    const names = await namesIn(this.#store.reader, kase);
    const link = this.#origin === null || subject === null ? null : `${this.#origin}${subject.path}`;
    return composeMail({
      from: this.settings.from,
      to: { name: person.name, address: person.email },
      messageId,
      thread: subject === null ? null : this.#ids.ofRecord(subject.id),
      reference: subject?.number ?? null,
      title: subject?.title ?? 'News',
      news: mailWords(kind, detail, names),
      quote: await replyOf(this.#store.reader, kase),
      link,
    });
  }

  #end({ id, attempts, until }: Delivery, answer: MailAnswer, now: number): Promise<void> {
    const { writer } = this.#store;
    const { outcome, text } = answer;
    const again = outcome === 'unreachable' ? now + this.#pause() : nextMailAttempt(attempts, now, until);
    switch (outcome) {
      case 'taken':
        return endDelivery(writer, id, { state: 'sent', answer: text }, now);
      case 'refused':
        return endDelivery(writer, id, { state: 'failed', reason: text }, now);
      case 'deferred':
      case 'unreachable':
        return again === null || again > until
          ? endDelivery(writer, id, { state: 'failed', reason: `${TIME_OVER}: ${text}` }, now)
          : putBack(writer, id, again, text);
    }
  }

  #pause(): number {
    return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#failuresInARow);
  }

  /** Notes whether the mail server answers, and lets it rest while it does not. */
  async #heed({ outcome, text }: MailAnswer, now: number): Promise<void> {
    if (outcome === 'unreachable') {
      // mails that were on their way together met one and the same silence
      if (now >= this.#pausedUntil) {
        this.#pausedUntil = now + this.#pause();
        this.#failuresInARow += 1;
      }
      if (this.#failuresInARow === 1) this.#log.warn('the mail server does not answer; mails wait for it');
      await this.#owed.take(() => noteMailHealth(this.#store.writer, { failed_at: now, failure: text }));
      return;
    }
    if (this.#failuresInARow > 0) this.#log.info('the mail server answers again');
    this.#failuresInARow = 0;
    this.#pausedUntil = 0;
    if (outcome === 'taken')
      await this.#owed.take(() => noteMailHealth(this.#store.writer, { succeeded_at: now }));
  }
}
