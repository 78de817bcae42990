/**
 * One connection's view of one document: what it sends is taken in order, and it gets each committed change once,
 * or one difference when it was too slow for the single ones.
 */
import { unreachable } from '@muster/domain/shared';
import { CLOSE } from '../close-codes.ts';
import { encodeAck } from '../frames/ack.ts';
import { decodeFrame } from '../frames/frame.ts';
import { encodeHello } from '../frames/hello.ts';
import { encodeNack } from '../frames/nack.ts';
import { FrameError } from '../frames/reader.ts';
import { encodeReset } from '../frames/reset.ts';
import { encodeStepOne, encodeStepTwo, encodeUpdate } from '../frames/sync.ts';
import type { DocumentReader, ReaderOutlet } from './document-reader.ts';
import type { Rejection } from './guard/rejection.ts';
import type { OpenDocument } from './open-document.ts';
import type { EpochChange, Session } from './ports.ts';
import { WriteQueue } from './write-queue.ts';
import type { Write } from './write-queue.ts';

export interface ReaderOptions {
  readonly session: Session;
  readonly outlet: ReaderOutlet;
  readonly document: OpenDocument;
  readonly mayWrite: boolean;
  readonly extended: boolean;
  /** The client takes STATE for a step 2. */
  readonly unpacks: boolean;
}

const hasNothing = (stateVector: Uint8Array): boolean => stateVector.length === 1 && stateVector[0] === 0;

export class Reader implements DocumentReader {
  readonly session: Session;
  readonly outlet: ReaderOutlet;
  readonly mayWrite: boolean;
  readonly writes: WriteQueue;
  readonly #document: OpenDocument;
  readonly #extended: boolean;
  #unpacks: boolean;
  /** Has been told the state once and follows since. */
  #follows = false;
  /** Log position after what it last got, while it is too slow to follow. */
  #behindSince: number | null = null;
  /** A state vector whose answer waits for the socket to drain. */
  #owed: Uint8Array | null = null;
  #leastBuffered = Number.POSITIVE_INFINITY;
  #progressAt = 0;
  #acknowledged = 0;
  /** Counts what it asked for; an answer that took its time is given only if nothing else was asked since. */
  #asked = 0;
  #left = false;

  constructor({ session, outlet, document, mayWrite, extended, unpacks }: ReaderOptions) {
    this.session = session;
    this.outlet = outlet;
    this.mayWrite = mayWrite;
    this.#document = document;
    this.#extended = extended;
    this.#unpacks = extended && unpacks;
    this.writes = new WriteQueue(document.kind, document.limits, {
      queued: (queue) => document.writes.queued(queue, this),
      committed: ({ count }) => {
        this.#acknowledged = count;
        document.acknowledgementDue(this);
      },
      rejected: (write, rejection) => this.reject(write, rejection),
    });
  }

  get isBehind(): boolean {
    return this.#behindSince !== null || this.#owed !== null;
  }

  greet(): void {
    const { name, epoch, layout, headSeq, limits, clock } = this.#document;
    if (this.#extended) {
      const serverTime = clock.now();
      this.outlet.queue(encodeHello({ epoch, layout, headSeq, serverTime, mayWrite: this.mayWrite, limits }));
    }
    if (this.mayWrite) this.#ask();
    const present = this.#document.present();
    if (present !== null) this.outlet.queue(present);
    const change = this.#document.host.epochChangeOf(name);
    if (change !== null) this.announce(change);
  }

  receive(bytes: Uint8Array): void {
    if (this.#left) return;
    const { asking } = this.#document;
    if (asking !== null) return void asking.then(() => this.receive(bytes));
    const frame = decodeFrame(bytes);
    if (frame instanceof FrameError) {
      this.#document.host.report({ type: 'malformed', session: this.session.id, text: frame.text });
      return this.outlet.closeSocket(CLOSE.malformed, frame.text);
    }
    switch (frame.type) {
      case 'step-1':
        return this.#answer(frame.stateVector);
      case 'step-2':
      case 'update':
        return this.writes.push(frame.update, frame.type === 'step-2');
      case 'awareness':
        return this.#document.awareness.receive(this, frame.entries);
      case 'query-awareness': {
        const present = this.#document.present();
        return present === null ? undefined : this.outlet.queue(present);
      }
      case 'state':
        if (!this.#unpacks || frame.deflated.length > 0) break;
        this.#unpacks = false;
        return this.#tellAll();
      case 'denied':
      case 'hello':
      case 'ack':
      case 'nack':
      case 'reset':
        break;
      default:
        unreachable(frame);
    }
    this.outlet.closeSocket(CLOSE.malformed, `a client does not send ${frame.type}`);
  }

  follow(frame: Uint8Array, from: number): void {
    if (!this.#follows || this.isBehind) return;
    if (this.outlet.buffered > this.#document.limits.bufferedSoftBytes) return this.#fallBehind(from);
    this.outlet.queue(frame);
  }

  sendAcknowledgement(): void {
    if (this.#extended && !this.#left) this.outlet.queue(encodeAck(this.#acknowledged));
  }

  show(awareness: Uint8Array): void {
    if (!this.isBehind) this.outlet.queue(awareness);
  }

  announce({ next, reason }: EpochChange): void {
    const epoch = Number(/@([0-9]+)$/.exec(next)?.[1] ?? 0);
    if (this.#extended) this.outlet.queue(encodeReset({ epoch, next, reason }));
  }

  catchUp(): void {
    if (this.#document.asking !== null) return;
    const { buffered } = this.outlet;
    const { bufferedSoftBytes, bufferedHardBytes, stalledMs } = this.#document.limits;
    const now = this.#document.clock.now();
    if (buffered < this.#leastBuffered) {
      this.#leastBuffered = buffered;
      this.#progressAt = now;
    }
    if (buffered > bufferedHardBytes || now - this.#progressAt >= stalledMs) {
      return this.outlet.closeSocket(CLOSE.overloaded, 'the connection is too slow');
    }
    if (buffered > bufferedSoftBytes) return;
    const [owed, since] = [this.#owed, this.#behindSince];
    this.#owed = null;
    this.#behindSince = null;
    if (owed !== null) return this.#answer(owed);
    if (since === null) return;
    const missed = this.#document.log.since(since);
    if (missed === null) return this.#tellAll();
    for (const update of missed) this.outlet.queue(encodeUpdate(update));
  }

  /** Says that a write was not taken, keeps it for its author, and ends the document for this client. */
  reject({ count, update }: Pick<Write, 'count' | 'update'>, rejection: Rejection): void {
    const { name, host } = this.#document;
    const { person } = this.session;
    host.report({ type: 'rejected', name, person, code: rejection.code, text: rejection.text });
    // What could not be stored now is still the client's and comes again.
    const keep = !rejection.isKept && rejection.code !== 'not-stored';
    if (keep) this.#document.keepRejected(person, update, rejection.code);
    if (this.#left) return;
    if (this.#extended) this.outlet.queue(encodeNack({ count, code: rejection.code, text: rejection.text }));
    this.outlet.close(closeFor(rejection), rejection.text);
  }

  /** The connection has gone or let go of the document. */
  leave(): void {
    if (this.#left) return;
    this.#left = true;
    this.#document.leave(this);
  }

  #answer(stateVector: Uint8Array): void {
    if (this.outlet.buffered > this.#document.limits.bufferedSoftBytes) {
      this.#owed = stateVector;
      return this.#watch();
    }
    if (hasNothing(stateVector)) return this.#tellAll();
    this.#asked += 1;
    this.#follows = true;
    this.#behindSince = null;
    if (this.#document.isForeign(stateVector)) {
      return this.outlet.close(CLOSE.updateRejected, 'this copy is of another era: read it anew');
    }
    const told = this.#document.difference(stateVector, (update) => {
      if (!this.#left) this.outlet.queue(encodeStepTwo(update));
    });
    if (!told) return this.outlet.closeSocket(CLOSE.malformed, 'the state vector does not decode');
    // A reader that should have nothing of its own is asked too, so that a stray write does not stay unnoticed.
    if (!this.mayWrite) this.#ask();
  }

  /** Everything, and from then on what changes: what is committed while a state is packed comes with it. */
  #tellAll(): void {
    const asked = (this.#asked += 1);
    this.#follows = false;
    this.#document.firstOpen(this.#unpacks, (frames) => {
      if (this.#left || asked !== this.#asked) return;
      // it was packed while it became a question who may read it: what is given then is asked for anew
      const { asking } = this.#document;
      if (asking !== null) return void asking.then(() => asked === this.#asked && this.#tellAll());
      this.#follows = true;
      this.#behindSince = null;
      for (const frame of frames) this.outlet.queue(frame);
    });
  }

  #ask(): void {
    this.#document.stateVector((vector) => {
      if (!this.#left) this.outlet.queue(encodeStepOne(vector));
    });
  }

  #fallBehind(from: number): void {
    this.#behindSince = from;
    this.#watch();
  }

  #watch(): void {
    this.#leastBuffered = this.outlet.buffered;
    this.#progressAt = this.#document.clock.now();
    this.#document.host.watchSlow(this);
  }
}

/** 4409 resets the client's copy; codes that say nothing against its content do not. */
function closeFor({ code }: Rejection): number {
  switch (code) {
    case 'read-only':
    case 'damaged':
      return CLOSE.forbidden;
    case 'no-such-document':
      return CLOSE.gone;
    case 'not-stored':
      return CLOSE.overloaded;
    default:
      return CLOSE.updateRejected;
  }
}
