/** Starts and stops the process of `serve.ts`. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { openSync, closeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ServeOptions, Served } from './serve.ts';

const PROGRAM = fileURLToPath(new URL('serve.ts', import.meta.url));

export class ServerProcess {
  readonly served: Served;
  readonly #child: ChildProcess;
  readonly #ended: Promise<void>;

  private constructor(child: ChildProcess, served: Served, ended: Promise<void>) {
    this.#child = child;
    this.served = served;
    this.#ended = ended;
  }

  /** Resolves when it listens; rejects when it ends before that, naming its log. */
  static async start(options: ServeOptions): Promise<ServerProcess> {
    const log = openSync(options.logFile, 'a');
    const child = fork(PROGRAM, [JSON.stringify(options)], {
      execArgv: [],
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', log, log, 'ipc'],
    });
    closeSync(log);
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
    const served = await new Promise<Served>((resolve, reject) => {
      child.once('message', (message) => resolve(message as Served));
      child.once('exit', (code) =>
        reject(new Error(`the server ended with ${code}: see ${options.logFile}`)),
      );
    });
    return new ServerProcess(child, served, ended);
  }

  /** As an operator stops it: requests end, sockets close, the store closes. */
  async stop(): Promise<void> {
    if (this.#child.connected) this.#child.send('stop');
    await this.#ended;
  }

  /** As a power cut stops it. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }
}
