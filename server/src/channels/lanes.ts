import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from '../log.ts';
import { OwedSteps } from './owed-steps.ts';

const LOOK_EVERY_MS = 1_000;
/** While a receiver does not answer, one message is tried now and then for all. */
const FIRST_PAUSE_MS = 2_000;
const LONGEST_PAUSE_MS = 60_000;
/** While the store fails nothing is sent: what cannot be noted would be sent twice. */
const STORE_PAUSE_MS = 10_000;
const LAST_MESSAGES_MS = 5_000;

/** The way to one receiver, as long as something goes on it or it rests. */
export interface Lane {
  running: Promise<void> | null;
  /** How often in a row nothing was heard of the receiver. */
  silences: number;
  pausedUntil: number;
}

export interface LanesOptions {
  readonly log: Logger;
  /** What the log says while the store fails. */
  readonly waits: string;
  /** At a start: puts back what was being sent when the process before ended. */
  readonly resume: (now: number) => Promise<unknown>;
  /** The receivers for which something is due. */
  readonly due: (now: number) => Promise<readonly string[]>;
  /** Begins what is due to a receiver, some of it: each part ends by itself; none when nothing is due any more. */
  readonly take: (receiver: string, lane: Lane, now: number) => Promise<readonly Promise<void>[]>;
}

/**
 * Sends to many receivers, each in a lane of its own, so that one that is slow or silent holds up no other. Looks
 * every second for what is due, and rests while the store fails.
 */
export class Lanes {
  /** Steps that the store did not take yet; nothing is sent before them. */
  readonly owed = new OwedSteps();
  readonly #options: LanesOptions;
  readonly #timer: NodeJS.Timeout;
  readonly #lanes = new Map<string, Lane>();
  #resumed = false;
  #stopped = false;
  #pausedUntil = 0;

  constructor(options: LanesOptions) {
    this.#options = options;
    this.#timer = setInterval(() => void this.#look(Date.now()), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** Sends what is due at `now`, after what is being sent already. */
  async work(now: number): Promise<void> {
    await Promise.all(this.#running());
    await this.#look(now);
    await Promise.all(this.#running());
  }

  /** Ends the rest of a receiver. */
  hurry(receiver: string): void {
    const lane = this.#lanes.get(receiver);
    if (lane !== undefined) lane.pausedUntil = 0;
  }

  /** Lets what is on its way arrive, for a time; what is not done then goes again after the next start. */
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

  /** Opens the lanes of all receivers for which something is due and that are not being served. */
  async #look(now: number): Promise<void> {
    if (this.#stopped || now < this.#pausedUntil) return;
    try {
      await this.owed.settle();
      if (!this.#resumed) await this.#options.resume(now);
      this.#resumed = true;
      for (const receiver of await this.#options.due(now)) this.#serve(receiver, now);
    } catch (error) {
      this.#rest(error, now);
    }
  }

  #serve(receiver: string, now: number): void {
    const lane = this.#lanes.get(receiver) ?? { running: null, silences: 0, pausedUntil: 0 };
    this.#lanes.set(receiver, lane);
    if (lane.running !== null) return;
    lane.running = this.#drain(receiver, lane, now)
      .catch((error: unknown) => this.#rest(error, now))
      .finally(() => {
        lane.running = null;
        if (lane.silences === 0) this.#lanes.delete(receiver);
      });
  }

  async #drain(receiver: string, lane: Lane, now: number): Promise<void> {
    while (!this.#stopped && now >= this.#pausedUntil && now >= lane.pausedUntil) {
      const begun = await this.#options.take(receiver, lane, now);
      if (begun.length === 0) return;
      for (const end of await Promise.allSettled(begun)) if (end.status === 'rejected') throw end.reason;
    }
  }

  #rest(error: unknown, now: number): void {
    this.#options.log.warn({ error }, this.#options.waits);
    this.#pausedUntil = Math.max(this.#pausedUntil, now + STORE_PAUSE_MS);
  }
}

/** Lets a receiver rest while nothing is heard of it, longer each time. */
export function heed(lane: Lane, isSilent: boolean, now: number): void {
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
