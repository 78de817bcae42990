import type { StatePacker } from '@muster/sync/server';
import { Worker } from 'node:worker_threads';

export interface Packing {
  readonly id: number;
  readonly updates: readonly Uint8Array[];
}

export interface Packed {
  readonly id: number;
  /** Null for a state that does not pack. */
  readonly deflated: Uint8Array | null;
  readonly error: string | null;
}

/** An idle thread gives its memory back after this. */
const IDLE_MS = 60_000;

interface Waiting {
  readonly updates: readonly Uint8Array[];
  readonly resolve: (deflated: Uint8Array | null) => void;
  readonly reject: (cause: Error) => void;
}

/**
 * Packs states in a thread of their own, which starts with the first and ends when there was none for a while. One
 * after another, so that what waits is not copied over yet: after a start many documents are asked for at once.
 */
export class ThreadPacker implements StatePacker {
  /** In the order in which they came; the first is with the thread. */
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #isPacking = false;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;
  #closed = false;

  pack(updates: readonly Uint8Array[]): Promise<Uint8Array | null> {
    if (this.#closed) return Promise.resolve(null);
    const id = (this.#lastId += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { updates, resolve, reject });
      this.#packNext();
    });
  }

  /** Ends the thread; what it was packing is left unpacked. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#end();
    for (const { resolve } of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }

  #packNext(): void {
    if (this.#isPacking || this.#closed) return;
    clearTimeout(this.#idle);
    const [next] = this.#waiting;
    if (next === undefined) {
      this.#idle = setTimeout(() => void this.#end(), IDLE_MS);
      this.#idle.unref();
      return;
    }
    const [id, { updates }] = next;
    const request: Packing = { id, updates };
    this.#isPacking = true;
    this.#worker ??= this.#start();
    this.#worker.postMessage(request);
  }

  #start(): Worker {
    const worker = new Worker(new URL('pack-worker.ts', import.meta.url));
    worker.unref();
    worker.on('message', ({ id, deflated, error }: Packed) => {
      this.#settle(id, ({ resolve, reject }) =>
        error === null ? resolve(deflated) : reject(new Error(error)),
      );
    });
    worker.on('error', (cause) => this.#broken(worker, cause));
    worker.on('exit', () => this.#broken(worker, new Error('the packing thread has ended')));
    return worker;
  }

  #settle(id: number, answer: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    this.#isPacking = false;
    if (waiting !== undefined) answer(waiting);
    this.#packNext();
  }

  /** What the thread was packing goes with it; the next one gets a thread of its own. */
  #broken(worker: Worker, cause: Error): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    const [id] = this.#waiting.keys();
    if (this.#isPacking && id !== undefined) this.#settle(id, ({ reject }) => reject(cause));
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}
