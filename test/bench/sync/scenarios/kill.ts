/** Kill -9 under load: what others had been shown that the server, started again, does not have. */
import { setTimeout as wait } from 'node:timers/promises';
import type { Pressure } from '../load/pressure.ts';
import { Arena } from '../run/arena.ts';
import type { Column, Figures, Occasion, Scenario } from './scenario.ts';

const GENERATORS = 2;
const MEMBERS = 10;

const COLUMNS: readonly Column[] = [
  { name: 'shown', unit: 'shown to others', digits: 0 },
  { name: 'lost', unit: 'of them lost', digits: 0 },
  { name: 'percent', unit: '%', digits: 1 },
  { name: 'acknowledged', unit: 'called durable', digits: 0 },
  { name: 'lostAcknowledged', unit: 'of them lost', digits: 0 },
  { name: 'recovery', unit: 'start on the store, ms', digits: 0 },
];

/** Moments of the kill, ms, one for each repeat: at no round part of any peer's interval. */
const KILLED_AFTER = [26_300, 33_700] as const;
const SHORT_MS = 3_000;

export const killSteady: Scenario = kill(
  'kill-steady',
  'Kill -9 under steady load',
  'Fifty rooms of ten type 500 characters a second until the server is killed, after twenty-five to thirty-five seconds: peers store what is quiet for two seconds, and at the latest after ten. Only the server starts again: what clients still hold does not count.',
  { kind: 'steady', updatesPerSecond: 500 / GENERATORS },
  KILLED_AFTER,
);

export const killSaturated: Scenario = kill(
  'kill-saturated',
  'Kill -9 at saturation',
  'The same with everybody writing as fast as they see each other’s writing.',
  { kind: 'saturation', underWay: 3 },
  KILLED_AFTER,
);

function kill(
  name: string,
  title: string,
  how: string,
  pressure: Pressure,
  times: readonly number[],
): Scenario {
  return {
    name,
    title,
    how,
    servers: ['muster', 'hocuspocus'],
    repeatsAtMost: 2,
    columns: COLUMNS,
    measure: (occasion) => measure(occasion, pressure, times[occasion.repeat % times.length] ?? SHORT_MS),
  };
}

function measure({ server, short }: Occasion, pressure: Pressure, ms: number): Promise<Figures> {
  return Arena.with({ server, generators: GENERATORS }, async (arena) => {
    const prepared = await arena.server.ask('prepare', { documents: short ? 10 : 50, people: 20 });
    await arena.gather(prepared, { members: MEMBERS, writers: MEMBERS, spread: 'documents' });
    await arena.all('begin', pressure);
    await wait(short ? SHORT_MS : ms);
    await arena.server.end('SIGKILL');
    await arena.all('end');
    const shown = await arena.all('shown');
    const from = performance.now();
    await arena.restart('SIGKILL');
    const recovery = performance.now() - from;
    const present = { ...arena.started, cookies: prepared.cookies };
    const kept = await Promise.all(
      arena.generators.map((generator, index) => generator.ask('compare', shown[index] ?? [], present)),
    );
    const sum = (what: (one: (typeof kept)[number]) => number): number =>
      kept.reduce((total, one) => total + what(one), 0);
    const lost = sum((one) => one.lostOfShown);
    const acknowledged = sum((one) => one.acknowledged);
    return {
      shown: sum((one) => one.shown),
      lost,
      percent: (lost / sum((one) => one.shown)) * 100,
      ...(acknowledged > 0 && { acknowledged, lostAcknowledged: sum((one) => one.lostOfAcknowledged) }),
      recovery,
    };
  });
}
