import type { Clock } from '../clock.ts';
import { closeReason } from '../close-codes.ts';
import type { Transport } from './ports.ts';
import type { Flushable, Turn } from './turn.ts';

/** The way out to one real socket: frames of a turn are kept and written together. */
export class SocketOutlet implements Flushable {
  readonly #transport: Transport;
  readonly #turn: Turn;
  readonly #clock: Clock;
  #queue: Uint8Array[] = [];
  #queuedBytes = 0;
  #closed = false;
  lastSentAt: number;

  constructor(transport: Transport, turn: Turn, clock: Clock) {
    this.#transport = transport;
    this.#turn = turn;
    this.#clock = clock;
    this.lastSentAt = clock.now();
  }

  get closed(): boolean {
    return this.#closed;
  }

  /** Bytes on their way: in this turn's queue and in the socket's buffer. */
  get buffered(): number {
    return this.#queuedBytes + (this.#closed ? 0 : this.#transport.bufferedAmount);
  }

  queue(bytes: Uint8Array): void {
    if (this.#closed) return;
    if (this.#queue.push(bytes) === 1) this.#turn.touchSocket(this);
    this.#queuedBytes += bytes.length;
  }

  flush(): void {
    if (this.#closed || this.#queue.length === 0) return;
    const frames = this.#queue;
    this.#queue = [];
    this.#queuedBytes = 0;
    this.lastSentAt = this.#clock.now();
    this.#transport.send(frames);
  }

  /** Writes what is queued, then closes. */
  close(code: number, reason: string): void {
    if (this.#closed) return;
    this.flush();
    this.#closed = true;
    this.#transport.close(code, closeReason(reason));
  }

  /** The socket went by itself. */
  gone(): void {
    this.#closed = true;
    this.#queue = [];
    this.#queuedBytes = 0;
  }
}
