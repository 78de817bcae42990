import type { Clock } from '../clock.ts';
import { failpoint } from '../failpoint/index.ts';

/** Something whose output is gathered while a turn of the event loop lasts. */
export interface Flushable {
  flush(): void;
}

/** Something whose input is gathered while a turn of the event loop lasts. */
export interface Gatherer {
  gather(): void;
}

/** What writing to one socket takes, about, in ms. */
const SOCKET_MS = 0.02;
/** Shorter pauses are not worth a timer; longer ones would be felt. */
const PAUSE_AT_LEAST_MS = 2;
const PAUSE_AT_MOST_MS = 10;

/**
 * What a turn brought and produced is dealt with when it is over: first what people wrote goes to the store, document
 * by document, so that the disk works meanwhile; then each document makes one frame of its news, and last each socket
 * writes all its frames at once (SYN-9). After many sockets were written to, output gathers for as long as that took:
 * what one person types for hundreds costs hundreds of writes, and the next ones can carry what others type meanwhile.
 */
export class Turn {
  readonly #clock: Clock;
  readonly #writes = new Set<Gatherer>();
  readonly #documents = new Set<Flushable>();
  readonly #sockets = new Set<Flushable>();
  #isGathering = false;
  #isFlushing = false;
  #restUntil = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  touchWrites(writes: Gatherer): void {
    this.#writes.add(writes);
    this.#scheduleGathering();
  }

  touchDocument(document: Flushable): void {
    this.#documents.add(document);
    this.#scheduleFlush();
  }

  touchSocket(socket: Flushable): void {
    this.#sockets.add(socket);
    this.#scheduleFlush();
  }

  #scheduleGathering(): void {
    if (this.#isGathering) return;
    this.#isGathering = true;
    this.#clock.nextTurn(() => this.#gather());
  }

  #gather(): void {
    this.#isGathering = false;
    try {
      for (const writes of [...this.#writes]) {
        this.#writes.delete(writes);
        writes.gather();
      }
    } finally {
      // One that throws holds up nobody else.
      if (this.#writes.size > 0) this.#scheduleGathering();
    }
  }

  #scheduleFlush(): void {
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    // Before it in the same turn, so that the store is asked before sockets are written to.
    this.#scheduleGathering();
    const restMs = this.#restUntil - this.#clock.now();
    if (restMs <= 0) this.#clock.nextTurn(() => this.#flush());
    else this.#clock.after(Math.min(restMs, PAUSE_AT_MOST_MS), () => this.#flush());
  }

  #flush(): void {
    try {
      this.#writeOut();
    } finally {
      this.#isFlushing = false;
      if (this.#documents.size + this.#sockets.size > 0) this.#scheduleFlush();
    }
  }

  #writeOut(): void {
    for (const document of [...this.#documents]) {
      this.#documents.delete(document);
      document.flush();
    }
    const sockets = [...this.#sockets];
    const pauseMs = Math.min(sockets.length * SOCKET_MS, PAUSE_AT_MOST_MS);
    for (const socket of sockets) {
      this.#sockets.delete(socket);
      socket.flush();
      failpoint('sync.socket.written');
    }
    this.#restUntil = pauseMs < PAUSE_AT_LEAST_MS ? 0 : this.#clock.now() + pauseMs;
  }
}
