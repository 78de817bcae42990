/**
 * The updates of one reader on their way into one document. One batch of a reader is under way at a time; what comes
 * meanwhile is joined into the next, so that a fast typist costs one append a commit and acknowledgements keep order.
 * What builds on something missing waits for the reader's step 2 (which brings it) or for others' commits; until one of
 * them comes, what is queued behind it is only kept, so that a backlog is not joined anew with every frame.
 */
import type { DocumentKind } from '@muster/documents';
import type { Limits } from '../limits.ts';
import { checkContent, decodeWithin } from './guard/decode.ts';
import type { DecodedUpdate } from './guard/decode.ts';
import { Rejection } from './guard/rejection.ts';
import { joinUpdates } from './join-updates.ts';
import type { ReadUpdate } from './join-updates.ts';

export interface Write extends ReadUpdate {
  /** Number of the last frame in it, counted as ACK counts. */
  readonly count: number;
  /** It holds the first step 2 of its connection. */
  readonly first: boolean;
}

/** `waiting`: the write builds on something that may still come. */
export type WriteOutcome = 'done' | 'waiting' | Rejection;

export interface WriteTarget {
  /** There is something to take. */
  queued(queue: WriteQueue): void;
  committed(write: Write): void;
  rejected(write: Pick<Write, 'count' | 'update'>, rejection: Rejection): void;
}

/** Frames that may wait for something missing; a reader that queues more is not waiting for anything that comes. */
const WAITING_AT_MOST = 400;
const TOO_MUCH_WAITS = new Rejection('pending', 'too much waits for something that does not come');
const NOT_COME = new Rejection('pending', 'what the update builds on has not come');

export class WriteQueue {
  readonly #kind: DocumentKind;
  readonly #limits: Limits;
  readonly #target: WriteTarget;
  #queue: Write[] = [];
  #queuedBytes = 0;
  /** Frames that the queue was made of; joining makes one write of many. */
  #queuedFrames = 0;
  /** Those of the write that is under way. */
  #takenFrames = 0;
  #received = 0;
  /** Of the front of the queue: with the store, or waiting for what it builds on. */
  #state: 'idle' | 'under-way' | 'waiting' = 'idle';
  #stepTwoSeen = false;
  /** Takes nothing more; what was taken in goes its way, unless something of it is refused. */
  #closed = false;

  constructor(kind: DocumentKind, limits: Limits, target: WriteTarget) {
    this.#kind = kind;
    this.#limits = limits;
    this.#target = target;
  }

  /** Whether what is missing may still come from this reader itself. */
  get patient(): boolean {
    return !this.#stepTwoSeen;
  }

  push(update: Uint8Array, isStepTwo: boolean): void {
    if (this.#closed) return;
    this.#received += 1;
    const roomy = isStepTwo && !this.#stepTwoSeen;
    this.#stepTwoSeen ||= isStepTwo;
    const count = this.#received;
    const decoded = this.#check(update, roomy);
    if (decoded instanceof Rejection) return this.#refuse({ count, update }, decoded);
    const waits = this.#state === 'waiting';
    // The first step 2 is what it waits for.
    const tooMany = this.#queuedFrames >= WAITING_AT_MOST && !roomy;
    const full = this.#queuedBytes + update.length > 2 * this.#limits.firstStepTwoBytes;
    if (full && !waits)
      return this.#refuse({ count, update }, new Rejection('not-stored', 'the disk does not keep up'));
    this.#queue.push({ count, update, decoded, first: roomy });
    this.#queuedBytes += update.length;
    this.#queuedFrames += 1;
    if (waits && (full || tooMany)) return this.#rejectAll(TOO_MUCH_WAITS);
    if (this.#state === 'idle' || (waits && roomy)) this.#target.queued(this);
  }

  /** What it waited for has not come: refuses all that is queued. */
  giveUp(): void {
    if (this.#state === 'waiting') this.#rejectAll(NOT_COME);
  }

  /** All that is queued, as one write that is under way until it is settled; null when there is none. */
  take(): Write | null {
    if (this.#state === 'under-way') return null;
    const last = this.#queue.at(-1);
    if (last === undefined) return null;
    const batch = this.#queue.length === 1 ? last : this.#join(last.count);
    if (batch === null) return null;
    this.#state = 'under-way';
    this.#takenFrames = this.#queuedFrames;
    return batch;
  }

  /** Makes one write of all that is queued; null when that cannot be. */
  #join(count: number): Write | null {
    try {
      const { update, decoded } = joinUpdates(this.#queue);
      const batch = { count, update, decoded, first: this.#queue.some((write) => write.first) };
      this.#queue = [batch];
      this.#queuedBytes = update.length;
      return batch;
    } catch (cause) {
      this.#rejectAll(new Rejection('malformed', `the updates do not merge: ${String(cause)}`));
      return null;
    }
  }

  /** What came of the write that is under way. */
  settle(batch: Write, outcome: WriteOutcome): void {
    this.#state = outcome === 'waiting' ? 'waiting' : 'idle';
    if (outcome === 'waiting') return;
    if (outcome instanceof Rejection) return this.#reject(batch, outcome);
    this.#queue.shift();
    this.#queuedBytes -= batch.update.length;
    this.#queuedFrames -= this.#takenFrames;
    this.#target.committed(batch);
    if (this.#queue.length > 0) this.#target.queued(this);
  }

  /** The reader has gone. What it sent before goes its way, as far as nothing is missing. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    if (this.#state === 'idle' && this.#queue.length > 0) this.#target.queued(this);
  }

  get closed(): boolean {
    return this.#closed;
  }

  #check(update: Uint8Array, roomy: boolean): DecodedUpdate | Rejection {
    const decoded = decodeWithin(update, roomy, this.#limits);
    return decoded instanceof Rejection ? decoded : (checkContent(this.#kind, decoded) ?? decoded);
  }

  /** Refuses what has just come; what came before it goes its way. */
  #refuse(write: Pick<Write, 'count' | 'update'>, rejection: Rejection): void {
    this.close();
    this.#target.rejected(write, rejection);
  }

  /** Refuses all that is queued, and gives it whole to be kept. */
  #rejectAll(rejection: Rejection): void {
    const last = this.#queue.at(-1);
    if (last === undefined) return;
    this.#reject({ count: last.count, update: this.#whole() ?? last.update }, rejection);
  }

  #whole(): Uint8Array | null {
    try {
      return joinUpdates(this.#queue).update;
    } catch {
      return null;
    }
  }

  #reject(write: Pick<Write, 'count' | 'update'>, rejection: Rejection): void {
    this.#closed = true;
    this.#queue = [];
    this.#target.rejected(write, rejection);
  }
}
