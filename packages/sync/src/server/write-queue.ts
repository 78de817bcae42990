/**
 * The updates of one reader on their way into one document. One batch of a reader is under way at a time; what comes
 * meanwhile is merged into the next, so that a fast typist costs one append a commit and acknowledgements keep order.
 * What builds on something missing waits for the reader's step 2 (which brings it) or for others' commits.
 */
import * as Y from 'yjs';
import type { Limits } from '../limits.ts';
import { checkContent, decodeWithin } from './guard/decode.ts';
import type { DecodedUpdate } from './guard/decode.ts';
import { Rejection } from './guard/rejection.ts';
import type { DocumentKind } from '@muster/documents';

export interface Write {
  /** Number of the last frame in it, counted as ACK counts. */
  readonly count: number;
  readonly update: Uint8Array;
  readonly decoded: DecodedUpdate;
  /** It holds the first step 2 of its connection. */
  readonly first: boolean;
}

/** `waiting`: the write builds on something that may still come. */
export type WriteOutcome = 'done' | 'waiting' | Rejection;

export interface WriteTarget {
  /** Guards and stores a write. `patient`: what is missing may still come from this reader. */
  write(write: Write, patient: boolean): WriteOutcome | Promise<WriteOutcome>;
  committed(write: Write): void;
  rejected(write: Pick<Write, 'count' | 'update'>, rejection: Rejection): void;
}

/** Frames that may wait; a reader that queues more is not waiting for anything that comes. */
const QUEUE_AT_MOST = 400;

export class WriteQueue {
  readonly #kind: DocumentKind;
  readonly #limits: Limits;
  readonly #target: WriteTarget;
  #queue: Write[] = [];
  #queuedBytes = 0;
  #received = 0;
  #underWay = false;
  #stepTwoSeen = false;
  #ended = false;

  constructor(kind: DocumentKind, limits: Limits, target: WriteTarget) {
    this.#kind = kind;
    this.#limits = limits;
    this.#target = target;
  }

  get waiting(): boolean {
    return this.#queue.length > 0 && !this.#underWay;
  }

  push(update: Uint8Array, isStepTwo: boolean): void {
    if (this.#ended) return;
    this.#received += 1;
    const roomy = isStepTwo && !this.#stepTwoSeen;
    this.#stepTwoSeen ||= isStepTwo;
    const decoded = this.#check(update, roomy);
    if (decoded instanceof Rejection) return this.#reject({ count: this.#received, update }, decoded);
    this.#queue.push({ count: this.#received, update, decoded, first: roomy });
    this.#queuedBytes += update.length;
    this.advance();
  }

  /** Tries the queue again: something was committed, or a step 2 has come. */
  advance(): void {
    if (this.#underWay || this.#ended) return;
    const batch = this.#batch();
    if (batch === null) return;
    if (batch instanceof Rejection) return this.#rejectAll(batch);
    const patient = !this.#stepTwoSeen;
    this.#underWay = true;
    const outcome = this.#target.write(batch, patient);
    if (outcome instanceof Promise) void outcome.then((settled) => this.#settle(batch, settled));
    else this.#settle(batch, outcome);
  }

  end(): void {
    this.#ended = true;
    this.#queue = [];
  }

  #check(update: Uint8Array, roomy: boolean): DecodedUpdate | Rejection {
    const { updateBytes, firstStepTwoBytes, updateStructs, firstStepTwoStructs, deleteRanges } = this.#limits;
    const decoded = decodeWithin(update, {
      bytes: roomy ? firstStepTwoBytes : updateBytes,
      structs: roomy ? firstStepTwoStructs : updateStructs,
      deleteRanges,
    });
    return decoded instanceof Rejection ? decoded : (checkContent(this.#kind, decoded) ?? decoded);
  }

  /** All that is queued as one write. */
  #batch(): Write | Rejection | null {
    const last = this.#queue.at(-1);
    if (last === undefined || this.#queue.length === 1) return last ?? null;
    if (this.#queue.length > QUEUE_AT_MOST || this.#queuedBytes > 2 * this.#limits.firstStepTwoBytes) {
      return new Rejection('pending', 'too much waits for something that does not come');
    }
    try {
      const update = Y.mergeUpdates(this.#queue.map((write) => write.update));
      const decoded = Y.decodeUpdate(update);
      const first = this.#queue.some((write) => write.first);
      const merged = { count: last.count, update, decoded, first };
      this.#queue = [merged];
      this.#queuedBytes = update.length;
      return merged;
    } catch (cause) {
      return new Rejection('malformed', `the updates do not merge: ${String(cause)}`);
    }
  }

  #settle(batch: Write, outcome: WriteOutcome): void {
    this.#underWay = false;
    if (outcome instanceof Rejection) return this.#reject(batch, outcome);
    if (outcome === 'waiting') return;
    const done = this.#queue.indexOf(batch);
    if (done >= 0) this.#queue.splice(0, done + 1);
    this.#queuedBytes = this.#queue.reduce((sum, { update }) => sum + update.length, 0);
    this.#target.committed(batch);
    this.advance();
  }

  #rejectAll(rejection: Rejection): void {
    const last = this.#queue.at(-1);
    if (last !== undefined) this.#reject(last, rejection);
  }

  #reject(write: Pick<Write, 'count' | 'update'>, rejection: Rejection): void {
    if (this.#ended) return;
    this.end();
    this.#target.rejected(write, rejection);
  }
}
