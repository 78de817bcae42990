/** Everybody writes as fast as they see each other's writing: what the server's CPU gives then. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Counters } from '../load/generate.ts';
import { Arena } from '../run/arena.ts';
import type { ServerName } from '../servers/server.ts';

export interface SaturationOptions {
  readonly server: ServerName;
  readonly rooms: number;
  readonly members: number;
  readonly writers: number;
  /** Updates of each writer that are under way at any time. */
  readonly underWay: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly profile?: string | undefined;
}

export interface Saturation {
  /** Of all the server's threads, for a million updates delivered. */
  readonly cpuSecondsPerMillion: number;
  readonly mainCpuSecondsPerMillion: number;
  readonly deliveredPerSecond: number;
  readonly writtenPerSecond: number;
  /** How many updates a received frame carried. */
  readonly updatesPerFrame: number;
  /** 1 is a core. */
  readonly serverCpu: number;
  readonly generatorCpu: number;
}

const GENERATORS = 2;

export function measureSaturation(options: SaturationOptions): Promise<Saturation> {
  const { server, rooms, members, writers, underWay, warmUpMs, measureMs, profile } = options;
  return Arena.with({ server, generators: GENERATORS, profile }, async (arena) => {
    const prepared = await arena.server.ask('prepare', { documents: rooms, people: 20 });
    const spread = rooms >= GENERATORS ? 'documents' : 'members';
    await arena.gather(prepared, { members, writers, spread });
    await arena.all('begin', { kind: 'saturation', underWay });
    await wait(warmUpMs);
    const before = await Promise.all([arena.counters(), arena.server.ask('usage')]);
    await wait(measureMs);
    const after = await Promise.all([arena.counters(), arena.server.ask('usage')]);
    await arena.all('end');
    const rate = (what: (counters: Counters) => number): number =>
      after[0].reduce((sum, now, index) => {
        const then = before[0][index] as Counters;
        return sum + ((what(now) - what(then)) / (now.at - then.at)) * 1_000;
      }, 0);
    const closed = after[0].reduce((sum, counters) => sum + counters.closed, 0);
    if (closed > 0) throw new Error(`${server} closed ${closed} sockets under load`);
    const serverMs = after[1].at - before[1].at;
    const cpu = (after[1].cpuMs - before[1].cpuMs) / serverMs;
    const mainCpu = (after[1].mainCpuMs - before[1].mainCpuMs) / serverMs;
    const delivered = rate((counters) => counters.delivered);
    return {
      cpuSecondsPerMillion: (cpu / delivered) * 1e6,
      mainCpuSecondsPerMillion: (mainCpu / delivered) * 1e6,
      deliveredPerSecond: delivered,
      writtenPerSecond: rate((counters) => counters.sent),
      updatesPerFrame: delivered / rate((counters) => counters.frames),
      serverCpu: cpu,
      generatorCpu: rate((counters) => counters.cpuMs) / 1_000,
    };
  });
}
