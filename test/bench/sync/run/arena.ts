/** One server and the generators around it, for as long as one measurement takes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Crowd } from '../load/crowd.ts';
import type { Counters, GeneratorApi } from '../load/generate.ts';
import { Child } from '../process/rpc.ts';
import type { Prepared, ServerApi, ServerName, Started } from '../servers/server.ts';

const SERVE = new URL('../servers/serve.ts', import.meta.url);
const GENERATE = new URL('../load/generate.ts', import.meta.url);

export interface ArenaOptions {
  readonly server: ServerName;
  readonly generators: number;
  /** Folder for a CPU profile of the server; none without. */
  readonly profile?: string | undefined;
}

export class Arena {
  readonly folder: string;
  readonly generators: readonly Child<GeneratorApi>[];
  readonly #options: ArenaOptions;
  server: Child<ServerApi>;
  started: Started;

  private constructor(options: ArenaOptions, folder: string, server: Child<ServerApi>, started: Started) {
    this.#options = options;
    this.folder = folder;
    this.server = server;
    this.started = started;
    this.generators = Array.from(
      { length: options.generators },
      (_, index) => new Child<GeneratorApi>(`generator ${index}`, GENERATE, [String(index)]),
    );
  }

  /** Starts everything, runs, and takes everything away again whatever happens. */
  static async with<Result>(options: ArenaOptions, run: (arena: Arena) => Promise<Result>): Promise<Result> {
    const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'));
    const server = startProcess(options);
    let arena: Arena | undefined;
    try {
      arena = new Arena(options, folder, server, await server.ask('start', { folder }));
      return await run(arena);
    } finally {
      await arena?.close();
      await server.end();
      await rm(folder, { recursive: true, force: true });
    }
  }

  /** Starts the server again on what it had stored. */
  async restart(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    await this.server.end(signal);
    this.server = startProcess(this.#options);
    this.started = await this.server.ask('start', { folder: this.folder });
  }

  /** Members of each document on every generator, or each document on one of them; answers the longest time in ms. */
  async gather(
    prepared: Prepared,
    { members, writers, spread }: { members: number; writers: number; spread: 'documents' | 'members' },
  ): Promise<number> {
    const { length } = this.generators;
    const crowds = this.generators.map((_, index): Crowd => ({
      ...this.started,
      cookies: prepared.cookies,
      documents:
        spread === 'documents'
          ? prepared.documents.filter((_, place) => place % length === index)
          : prepared.documents,
      membersEach: spread === 'documents' ? members : members / length,
      writersEach: spread === 'documents' ? writers : writers / length,
    }));
    const times = await Promise.all(
      this.generators.map((generator, index) => generator.ask('connect', crowds[index] as Crowd)),
    );
    return Math.max(...times);
  }

  all<Name extends keyof GeneratorApi & string>(
    name: Name,
    ...args: Parameters<GeneratorApi[Name]>
  ): Promise<Awaited<ReturnType<GeneratorApi[Name]>>[]> {
    return Promise.all(this.generators.map((generator) => generator.ask(name, ...args)));
  }

  async counters(): Promise<readonly Counters[]> {
    return this.all('counters');
  }

  /** Ends the server by itself when its profile is wanted. */
  async close(): Promise<void> {
    await Promise.all(this.generators.map((generator) => generator.end()));
    if (this.#options.profile === undefined) return this.server.end('SIGTERM');
    await this.server.ask('leave');
    await this.server.gone();
  }
}

function startProcess({ server, profile }: ArenaOptions): Child<ServerApi> {
  const profiling = profile === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`];
  return new Child<ServerApi>(server, SERVE, [server], ['--expose-gc', ...profiling]);
}
