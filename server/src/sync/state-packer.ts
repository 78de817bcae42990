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
  readonly resolve: (deflated: Uint8Array | null) => void;
  readonly reject: (cause: Error) => void;
}

/** Packs states in a thread of their own, which starts with the first and ends when there was none for a while. */
export class ThreadPacker implements StatePacker {
  readonly #waiting = new Map<number, Waiting>();
  #worker: Worker | null = null;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;
  #closed = false;

  pack(updates: readonly Uint8Array[]): Promise<Uint8Array | null> {
    if (this.#closed) return Promise.resolve(null);
    clearTimeout(this.#idle);
    const id = (this.#lastId += 1);
    const request: Packing = { id, updates };
    const worker = (this.#worker ??= this.#start());
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      worker.postMessage(request);
    });
  }

  /** Ends the thread; what it was packing is left unpacked. */
  async close(): Promise<void> {
    this.#closed = true;
    await this.#end();
    for (const { resolve } of this.#waiting.values()) resolve(null);
    this.#waiting.clear();
  }

  #start(): Worker {
    const worker = new Worker(new URL('pack-worker.ts', import.meta.url));
    worker.unref();
    worker.on('message', (packed: Packed) => this.#settle(packed));
    worker.on('error', (cause) => this.#broken(worker, cause));
    worker.on('exit', () => this.#broken(worker, new Error('the packing thread has ended')));
    return worker;
  }

  #settle({ id, deflated, error }: Packed): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === null) waiting?.resolve(deflated);
    else waiting?.reject(new Error(error));
    if (this.#waiting.size > 0) return;
    this.#idle = setTimeout(() => void this.#end(), IDLE_MS);
    this.#idle.unref();
  }

  #broken(worker: Worker, cause: Error): void {
    if (worker !== this.#worker) return;
    this.#worker = null;
    for (const { reject } of this.#waiting.values()) reject(cause);
    this.#waiting.clear();
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}
