/** Questions and answers between processes over Node's IPC: each side knows the other's functions by their types. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** Functions that a child process answers with. Arguments and answers travel as JSON or structured clones. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- what each takes is said by whoever extends it
export type Api = Readonly<Record<string, (...args: any[]) => unknown>>;

interface Question {
  readonly id: number;
  readonly name: string;
  readonly args: readonly unknown[];
}

type Answer = { readonly id: number } & ({ readonly value: unknown } | { readonly fault: string });

/** Answers the parent's questions in this process, which ends when the parent goes. */
export function answerParent(api: Api): void {
  process.on('message', ({ id, name, args }: Question) => {
    const answer = (answer: object) => process.send?.({ id, ...answer });
    Promise.resolve()
      .then(() => api[name]?.(...args))
      .then(
        (value) => answer({ value }),
        (error: unknown) => answer({ fault: error instanceof Error ? (error.stack ?? '') : String(error) }),
      );
  });
  process.on('disconnect', () => process.exit(0));
}

/** A process of ours that answers `Asked`. */
export class Child<Asked extends Api> {
  readonly #process: ChildProcess;
  readonly #name: string;
  readonly #waiting = new Map<
    number,
    { readonly resolve: (value: never) => void; readonly reject: (error: Error) => void }
  >();
  #asked = 0;
  #over = false;

  constructor(name: string, entry: URL, args: readonly string[] = [], execArgv: readonly string[] = []) {
    this.#name = name;
    this.#process = fork(entry, [...args], {
      execArgv: [...execArgv],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    this.#process.on('message', (answer: Answer) => this.#settle(answer));
    this.#process.on('exit', (code, signal) => {
      this.#over = true;
      for (const { reject } of this.#waiting.values())
        reject(new Error(`${name} ended (${signal ?? code}) and left questions unanswered`));
      this.#waiting.clear();
    });
  }

  ask<Name extends keyof Asked & string>(
    name: Name,
    ...args: Parameters<Asked[Name]>
  ): Promise<Awaited<ReturnType<Asked[Name]>>> {
    if (this.#over) return Promise.reject(new Error(`${this.#name} has ended`));
    const id = (this.#asked += 1);
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#process.send({ id, name, args } satisfies Question);
    });
  }

  /** Ends the process as the operating system does it, and waits until it is gone. */
  async end(signal: 'SIGTERM' | 'SIGKILL' = 'SIGKILL'): Promise<void> {
    if (!this.#over) this.#process.kill(signal);
    await this.gone();
  }

  /** Waits until the process has ended, by whatever. */
  async gone(): Promise<void> {
    if (!this.#over) await once(this.#process, 'exit');
  }

  #settle(answer: Answer): void {
    const waiting = this.#waiting.get(answer.id);
    this.#waiting.delete(answer.id);
    if ('fault' in answer) waiting?.reject(new Error(`${this.#name}: ${answer.fault}`));
    else waiting?.resolve(answer.value as never);
  }
}
