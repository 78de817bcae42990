/** Commands, one a request and a hundred a request: how many a second, and how long each waits for the disk. */
import type { CommandTimes } from '../load/commands.ts';
import { spreadOf } from '../load/tally.ts';
import { Arena } from '../run/arena.ts';
import type { Scenario } from './scenario.ts';

const BATCH = 100;
const UNDER_WAY = 32;
const BATCHES_UNDER_WAY = 4;

export const commands: Scenario = {
  name: 'commands',
  title: 'Commands',
  how: 'Titles of incidents are edited over HTTP, each answered when it is on disk: one command a request with 32 requests under way, one alone, and a hundred a request with four under way.',
  servers: ['muster'],
  repeatsAtMost: 2,
  columns: [
    { name: 'perSecond', unit: 'commands/s, one a request', digits: 0 },
    { name: 'p50', unit: 'p50, ms', digits: 1 },
    { name: 'p99', unit: 'p99, ms', digits: 1 },
    { name: 'alone', unit: 'alone p50, ms', digits: 1 },
    { name: 'batched', unit: 'commands/s, a hundred a request', digits: 0 },
    { name: 'batch50', unit: 'request p50, ms', digits: 1 },
    { name: 'cpu', unit: 'CPU ms each, one a request', digits: 2 },
  ],
  measure: ({ server, short, profile }) =>
    Arena.with({ server, generators: 1, profile }, async (arena) => {
      const singles = short ? 500 : 2_000;
      const batched = short ? 1_000 : 4_000;
      const alone = 100;
      // two of three records are incidents
      const documents = Math.ceil((singles + batched + alone) * 1.6);
      const { cookies, incidents } = await arena.server.ask('prepare', { documents, people: 20 });
      const [generator] = arena.generators;
      const url = arena.started.address.replace(/^ws/, 'http');
      let taken = 0;
      const send = async (count: number, batch: number, underWay: number): Promise<CommandTimes> => {
        const records = incidents.slice(taken, (taken += count));
        const times = await generator?.ask('command', { url, cookies, records, batch, underWay });
        if (times === undefined) throw new Error('there is no generator');
        return times;
      };
      const lone = spreadOf((await send(alone, 1, 1)).requests);
      const before = await arena.server.ask('usage');
      const one = await send(singles, 1, UNDER_WAY);
      const after = await arena.server.ask('usage');
      const many = await send(batched, BATCH, BATCHES_UNDER_WAY);
      const { p50, p99 } = spreadOf(one.requests);
      return {
        perSecond: (singles / one.ms) * 1_000,
        p50,
        p99,
        alone: lone.p50,
        batched: (batched / many.ms) * 1_000,
        batch50: spreadOf(many.requests).p50,
        cpu: (after.cpuMs - before.cpuMs) / singles,
      };
    }),
};
