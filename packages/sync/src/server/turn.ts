import type { Clock } from '../clock.ts';
import { failpoint } from '../failpoint/index.ts';

/** Something whose output is gathered while a turn of the event loop lasts. */
export interface Flushable {
  flush(): void;
}

/**
 * What a turn produced goes out when it is over: first each document makes one frame of its updates,
 * then each socket writes all its frames at once (SYN-9).
 */
export class Turn {
  readonly #clock: Clock;
  readonly #documents = new Set<Flushable>();
  readonly #sockets = new Set<Flushable>();
  #scheduled = false;

  constructor(clock: Clock) {
    this.#clock = clock;
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
    this.#clock.nextTurn(() => this.#flush());
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
