/** Starts and stops the process of `serve.ts`. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Chore, ChoreAnswer, FromServer, ServeOptions, Served, ToServer } from './serve.ts';

const SOURCE = fileURLToPath(new URL('serve.ts', import.meta.url));
const ARMING = new URL('sync/arm-failpoints.ts', import.meta.url);

interface Asked {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A process that has loaded everything and waits to be told what to serve, so that starting takes what serving takes. */
export class StandbyServer {
  readonly #child: ChildProcess;
  readonly #logFile: string;

  /** `armed` lets the threads of the process heed `failpoints` of its options. */
  constructor(logFile: string, { armed = false } = {}) {
    const log = openSync(logFile, 'a');
    this.#logFile = logFile;
    // bundled before all tests; its source where some of it is armed, and where nothing was bundled
    const program = (armed ? undefined : process.env['MUSTER_TEST_SERVER']) ?? SOURCE;
    this.#child = fork(program, [], {
      execArgv: armed ? ['--import', ARMING.href] : [],
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
  }

  /** Resolves when it listens; rejects when it ends before that, naming its log. */
  async serve(options: ServeOptions): Promise<ServerProcess> {
    const child = this.#child;
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const startedAt = performance.now();
    const served = await new Promise<Served>((resolve, reject) => {
      child.on('message', (message: FromServer) => {
        if (message.kind === 'served') resolve(message.served);
      });
      child.once('exit', (code, signal) =>
        reject(new ServerEnded(`the server ended with ${signal ?? code}: see ${this.#logFile}`)),
      );
      const order: ToServer = { kind: 'serve', options };
      child.send(order);
    });
    return new ServerProcess(child, served, ended, performance.now() - startedAt);
  }

  async kill(): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGKILL');
    await once(this.#child, 'exit');
  }
}

/** The process is gone: killed, or ended by itself. */
export class ServerEnded extends Error {
  override readonly name = 'ServerEnded';
}

export class ServerProcess {
  readonly served: Served;
  /** From the order to serve until it listened, in ms. */
  readonly startedInMs: number;
  readonly ended: Promise<void>;
  readonly #child: ChildProcess;
  readonly #asked = new Map<number, Asked>();
  #lastAsked = 0;

  constructor(child: ChildProcess, served: Served, ended: Promise<void>, startedInMs: number) {
    this.#child = child;
    this.served = served;
    this.ended = ended;
    this.startedInMs = startedInMs;
    child.on('message', (message: FromServer) => {
      if (message.kind === 'served') return;
      const asked = this.#asked.get(message.id);
      this.#asked.delete(message.id);
      if (message.kind === 'done') asked?.resolve(message.value);
      else asked?.reject(new Error(message.text));
    });
    void ended.then(() => {
      for (const { reject } of this.#asked.values()) reject(new ServerEnded('the server has ended'));
    });
  }

  /** Resolves when it listens; rejects when it ends before that, naming its log. */
  static start(options: ServeOptions): Promise<ServerProcess> {
    return new StandbyServer(options.logFile).serve(options);
  }

  /** The signal that ended the process; null while it lives, and when it ended by itself. */
  get endedBy(): NodeJS.Signals | null {
    return this.#child.signalCode;
  }

  get isAlive(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  /** Has the server do what an operator would have it do. Rejects with `ServerEnded` when it dies over it. */
  ask<Kind extends Chore['do']>(chore: Extract<Chore, { readonly do: Kind }>): Promise<ChoreAnswer<Kind>> {
    this.#lastAsked += 1;
    const id = this.#lastAsked;
    return new Promise((resolve, reject) => {
      if (!this.isAlive) return reject(new ServerEnded('the server has ended'));
      this.#asked.set(id, { resolve: resolve as (value: unknown) => void, reject });
      const order: ToServer = { kind: 'chore', id, chore };
      this.#child.send(order, (error) => {
        if (error !== null) reject(new ServerEnded(error.message));
      });
    });
  }

  /** As an operator stops it: requests end, sockets close, the store closes. */
  async stop(): Promise<void> {
    const order: ToServer = { kind: 'stop' };
    if (this.#child.connected) this.#child.send(order);
    await this.ended;
  }

  /** SIGKILL: what the system has of its writes stays. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}
