import type { StatePacker } from '@muster/sync/server';
import { Worker } from 'node:worker_threads';
import { threadEntry } from '../thread-entry.ts';
import { inTurn } from '../thread-turns.ts';

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

/** The thread says first that it has loaded. */
export type FromPacker = Packed | 'ready';

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
  #worker: Promise<Worker> | null = null;
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
    const worker = (this.#worker ??= this.#start());
    // one that did not start is told as broken
    worker.then(
      (started) => started.postMessage(request),
      () => undefined,
    );
  }

  #start(): Promise<Worker> {
    const starting = inTurn(
      () =>
        new Promise<Worker>((resolve, reject) => {
          const worker = new Worker(threadEntry(new URL('pack-worker.ts', import.meta.url)));
          worker.unref();
          worker.on('message', (message: FromPacker) => {
            if (message === 'ready') resolve(worker);
            else this.#answer(message);
          });
          const broken = (cause: Error): void => {
            reject(cause);
            this.#broken(starting, cause);
          };
          worker.on('error', broken);
          worker.on('exit', () => broken(new Error('the packing thread has ended')));
        }),
    );
    return starting;
  }

  #answer({ id, deflated, error }: Packed): void {
    this.#settle(id, ({ resolve, reject }) =>
      error === null ? resolve(deflated) : reject(new Error(error)),
    );
  }

  #settle(id: number, answer: (waiting: Waiting) => void): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    this.#isPacking = false;
    if (waiting !== undefined) answer(waiting);
    this.#packNext();
  }

  /** What the thread was packing goes with it; the next one gets a thread of its own. */
  #broken(worker: Promise<Worker>, cause: Error): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    const [id] = this.#waiting.keys();
    if (this.#isPacking && id !== undefined) this.#settle(id, ({ reject }) => reject(cause));
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = await this.#takeWorker()?.catch(() => null);
    if (worker) await inTurn(() => worker.terminate());
  }

  #takeWorker(): Promise<Worker> | null {
    const worker = this.#worker;
    this.#worker = null;
    return worker;
  }
}
