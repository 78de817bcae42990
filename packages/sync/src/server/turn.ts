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

/**
 * What a turn brought and produced is dealt with when it is over: first what people wrote goes to the store, document
 * by document, so that the disk works meanwhile; then each document makes one frame of its news, and last each socket
 * writes all its frames at once (SYN-9).
 */
export class Turn {
  readonly #clock: Clock;
  readonly #writes = new Set<Gatherer>();
  readonly #documents = new Set<Flushable>();
  readonly #sockets = new Set<Flushable>();
  #scheduled = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  touchWrites(writes: Gatherer): void {
    this.#writes.add(writes);
    this.#schedule();
  }

  touchDocument(document: Flushable): void {
    this.#documents.add(document);
    this.#schedule();
  }

  touchSocket(socket: Flushable): void {
    this.#sockets.add(socket);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    // One after the other, so that the store is asked before sockets are written to.
    this.#clock.nextTurn(() => this.#gather());
    this.#clock.nextTurn(() => this.#flush());
  }

  #gather(): void {
    const writes = [...this.#writes];
    this.#writes.clear();
    for (const each of writes) each.gather();
  }

  #flush(): void {
    this.#scheduled = false;
    const documents = [...this.#documents];
    this.#documents.clear();
    for (const document of documents) document.flush();
    const sockets = [...this.#sockets];
    this.#sockets.clear();
    for (const socket of sockets) {
      socket.flush();
      failpoint('sync.socket.written');
    }
  }
}
