import { Worker } from 'node:worker_threads';
import { inTurn } from '../../thread-turns.ts';
import { BoundaryError, isBoundaryError } from '../boundary-error.ts';
import { reviveError } from './errors.ts';
import type { Answer, FromThread, Operations, Remote, Request } from './protocol.ts';

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

export interface ThreadListeners {
  readonly onCommit?: (message: Extract<FromThread, { kind: 'answers' }>) => void;
  readonly onHealth?: (message: Extract<FromThread, { kind: 'health' }>) => void;
  /** The thread ended without being asked to. */
  readonly onStopped?: (error: unknown) => void;
}

/** The main thread's end of one of the store's threads: requests by number, promises for answers. */
export class Thread {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #listeners: ThreadListeners;
  readonly #ready: Promise<void>;
  #announceReady: Waiting = { resolve: () => undefined, reject: () => undefined };
  #nextId = 1;
  #closed: BoundaryError | null = null;

  private constructor(entry: URL, options: object, listeners: ThreadListeners) {
    this.#listeners = listeners;
    this.#ready = new Promise<void>((resolve, reject) => {
      this.#announceReady = { resolve: () => resolve(), reject };
    });
    this.#worker = new Worker(entry, { workerData: options });
    this.#worker.on('message', (message: FromThread) => this.#receive(message));
    this.#worker.on('error', (error) => this.#stop(error));
    this.#worker.on('exit', () => this.#stop(new Error('the thread ended')));
  }

  /**
   * Starts a thread; resolves when it has its database open, rejects with why it could not. Then it has ended: a
   * connection takes its write-ahead log away when it closes, by its name, whatever has been put there by then.
   */
  static start(entry: URL, options: object, listeners: ThreadListeners = {}): Promise<Thread> {
    return inTurn(async () => {
      const thread = new Thread(entry, options, listeners);
      try {
        await thread.#ready;
      } catch (error) {
        await thread.#worker.terminate();
        throw error;
      }
      return thread;
    });
  }

  call(operation: string, args: readonly unknown[], transfer: readonly ArrayBuffer[] = []): Promise<unknown> {
    if (this.#closed !== null) return Promise.reject(this.#closed);
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      const request: Request = { id, operation, args };
      this.#worker.postMessage(request, [...transfer]);
    });
  }

  /** Lets the thread finish what it has, then ends it. */
  async close(): Promise<void> {
    if (this.#closed !== null) return;
    const closing = this.call('close', []);
    this.#closed = new BoundaryError('store/closed');
    await closing.catch(() => undefined);
    await inTurn(() => this.#worker.terminate());
  }

  /** Ends the thread in the middle of what it does. Its calls reject with `store/closed`. */
  async end(): Promise<void> {
    this.#closed ??= new BoundaryError('store/closed');
    await inTurn(() => this.#worker.terminate());
  }

  #receive(message: FromThread): void {
    switch (message.kind) {
      case 'ready':
        this.#announceReady.resolve(undefined);
        return;
      case 'not-opened':
        this.#stop(reviveError(message.error));
        return;
      case 'health':
        this.#listeners.onHealth?.(message);
        return;
      case 'answers':
        this.#listeners.onCommit?.(message);
        for (const answer of message.answers) this.#settle(answer);
    }
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if (answer.ok) waiting?.resolve(answer.value);
    else waiting?.reject(reviveError(answer.error));
  }

  #stop(error: unknown): void {
    const stopped = isBoundaryError(error) ? error : new BoundaryError('store/stopped', { cause: error });
    this.#announceReady.reject(error);
    for (const { reject } of this.#waiting.values()) reject(this.#closed ?? stopped);
    this.#waiting.clear();
    if (this.#closed !== null) return;
    this.#closed = stopped;
    this.#listeners.onStopped?.(error);
  }
}

/** A thread's operations with the types of its table. */
export function remote<Ops extends Operations>(thread: Thread): Remote<Ops> {
  return ((operation: string, ...args: unknown[]) => thread.call(operation, args)) as Remote<Ops>;
}

/** A thread that starts when it is first needed, and again when it has ended. */
export class LazyThread {
  readonly #entry: URL;
  readonly #options: object;
  #thread: Promise<Thread> | null = null;

  constructor(entry: URL, options: object) {
    this.#entry = entry;
    this.#options = options;
  }

  opened(): Promise<Thread> {
    this.#thread ??= this.#start();
    return this.#thread;
  }

  async close(): Promise<void> {
    const thread = await this.#thread?.catch(() => null);
    await thread?.close();
  }

  async #start(): Promise<Thread> {
    const onStopped = (): void => {
      this.#thread = null;
    };
    try {
      return await Thread.start(this.#entry, this.#options, { onStopped });
    } catch (error) {
      this.#thread = null;
      throw error;
    }
  }
}
