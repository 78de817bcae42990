/** A steady rate below what the servers can do: how long an update takes to its peers and to the disk. */
import { setTimeout as wait } from 'node:timers/promises';
import { spreadOf } from '../load/tally.ts';
import { Arena } from '../run/arena.ts';
import type { Column, Figures, Occasion, Scenario } from './scenario.ts';

const GENERATORS = 2;
const MEMBERS = 10;
const WARM_UP_MS = 1_500;

const COLUMNS: readonly Column[] = [
  { name: 'peer50', unit: 'edit to peer p50, ms', digits: 1 },
  { name: 'peer99', unit: 'p99, ms', digits: 1 },
  { name: 'ack50', unit: 'edit to ACK p50, ms', digits: 1 },
  { name: 'ack99', unit: 'p99, ms', digits: 1 },
  { name: 'stall', unit: 'longest stall of the server, ms', digits: 1 },
  { name: 'delivered', unit: 'delivered/s', digits: 0 },
  { name: 'server', unit: 'cores of the server', digits: 2 },
];

interface Shape {
  readonly rooms: number;
  readonly updatesPerSecond: number;
}

export const latency: Scenario = steady(
  'latency',
  'Edit to peer at 10,000 delivered updates a second',
  'A hundred rooms of ten; all of them together type 1,111 characters a second. Ours is on disk before it is shown.',
  (short) => ({ rooms: short ? 50 : 100, updatesPerSecond: 10_000 / (MEMBERS - 1) }),
);

export const manySockets: Scenario = steady(
  'sockets2000',
  'Two thousand sockets and 500 updates a second',
  'Two hundred rooms of ten. A stall is what the event loop of the server kept a timer waiting, the timer’s own millisecond included.',
  (short) => ({ rooms: short ? 100 : 200, updatesPerSecond: 500 }),
);

function steady(name: string, title: string, how: string, shapeOf: (short: boolean) => Shape): Scenario {
  return {
    name,
    title,
    how,
    servers: ['muster', 'muster-channels', 'hocuspocus', 'relay', 'batching-relay'],
    columns: COLUMNS,
    measure: (occasion) => measure(occasion, shapeOf(occasion.short)),
  };
}

function measure({ server, short, profile }: Occasion, shape: Shape): Promise<Figures> {
  return Arena.with({ server, generators: GENERATORS, profile }, async (arena) => {
    const prepared = await arena.server.ask('prepare', { documents: shape.rooms, people: 20 });
    await arena.gather(prepared, { members: MEMBERS, writers: MEMBERS, spread: 'documents' });
    const updatesPerSecond = shape.updatesPerSecond / GENERATORS;
    await arena.all('begin', { kind: 'steady', updatesPerSecond });
    await wait(WARM_UP_MS);
    const [usage, before] = await Promise.all([arena.server.ask('usage'), arena.counters()]);
    await Promise.all([arena.server.ask('watchStalls'), arena.all('watchTimes')]);
    await wait(short ? 3_000 : 5_000);
    const [times, stalls] = await Promise.all([arena.all('times'), arena.server.ask('stalls')]);
    const [usageAfter, after] = await Promise.all([arena.server.ask('usage'), arena.counters()]);
    await arena.all('end');
    const toPeer = spreadOf(times.flatMap((each) => each.toPeer));
    const toAck = spreadOf(times.flatMap((each) => each.toAck));
    const delivered = after.reduce((sum, now, index) => {
      const then = before[index] ?? now;
      return sum + ((now.delivered - then.delivered) / (now.at - then.at)) * 1_000;
    }, 0);
    return {
      peer50: toPeer.p50,
      peer99: toPeer.p99,
      ...(toAck.count > 0 && { ack50: toAck.p50, ack99: toAck.p99 }),
      stall: stalls.longestMs,
      delivered,
      server: (usageAfter.cpuMs - usage.cpuMs) / (usageAfter.at - usage.at),
    };
  });
}
