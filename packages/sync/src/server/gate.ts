import { CLOSE } from '../close-codes.ts';
import type { Limits } from '../limits.ts';
import { TokenBucket } from './rate.ts';

/** Why a message is not let in: a close code and its reason. */
export interface Barred {
  readonly code: number;
  readonly reason: string;
}

/** The caps on one socket: bytes of a frame, messages and bytes a second (SYN-22). */
export class Gate {
  readonly #limits: Limits;
  readonly #messages: TokenBucket;
  readonly #bytes: TokenBucket;

  constructor(limits: Limits, now: number) {
    this.#limits = limits;
    this.#messages = new TokenBucket(limits.messagesPerSecond, limits.messageBurst, now);
    this.#bytes = new TokenBucket(limits.bytesPerSecond, limits.byteBurst, now);
  }

  /** Null when the message may come in. */
  admit({ length }: Uint8Array, now: number): Barred | null {
    const { frameBytes, messagesPerSecond, bytesPerSecond } = this.#limits;
    if (length > frameBytes) return { code: CLOSE.tooBig, reason: `a frame has at most ${frameBytes} bytes` };
    if (!this.#messages.take(1, now))
      return { code: CLOSE.abusive, reason: `more than ${messagesPerSecond} messages/s` };
    if (!this.#bytes.take(length, now))
      return { code: CLOSE.abusive, reason: `more than ${bytesPerSecond} bytes/s` };
    return null;
  }

  /** Opening a document takes some messages, which are not held against the socket. */
  expectMore(messages: number): void {
    this.#messages.grant(messages);
  }
}
