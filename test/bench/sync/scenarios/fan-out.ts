/** Many rooms of ten, and one hot room, at saturation. */
import { SERVER_NAMES } from '../servers/server.ts';
import { measureSaturation } from './saturation.ts';
import type { SaturationOptions } from './saturation.ts';
import type { Column, Scenario } from './scenario.ts';

const COLUMNS: readonly Column[] = [
  { name: 'cpu', unit: 'CPU s for a million delivered', digits: 2 },
  { name: 'main', unit: 'of it on the main thread', digits: 2 },
  { name: 'delivered', unit: 'delivered/s', digits: 0 },
  { name: 'perFrame', unit: 'updates a frame', digits: 1 },
  { name: 'server', unit: 'cores of the server', digits: 2 },
  { name: 'generators', unit: 'cores of the generators', digits: 2 },
];

type Shape = Pick<SaturationOptions, 'rooms' | 'members' | 'writers' | 'underWay'>;

const HOT_UNDER_WAY = 1;
const WRITER_OF = 10;

const hotRoom = (members: number): Shape => ({
  rooms: 1,
  members,
  writers: members / WRITER_OF,
  underWay: HOT_UNDER_WAY,
});

/** A socket of many channels stands for one tab, which is never twice in a room. */
const ONE_SOCKET_EACH = SERVER_NAMES.filter((name) => name !== 'muster-channels');

export const fanOut: Scenario = saturation(
  'fanout',
  'Fan-out: rooms of ten at saturation',
  'A hundred rooms of ten people. Each of the thousand has three updates of one character under way at any time and writes the next when another has seen one of them.',
  (short) => ({ rooms: short ? 50 : 100, members: 10, writers: 10, underWay: 3 }),
);

export const hotRoom200: Scenario = saturation(
  'hot200',
  'One room of 200 at saturation',
  'Two hundred people in one room, one in ten of them writing, each with one update under way at any time.',
  () => hotRoom(200),
  ONE_SOCKET_EACH,
);

export const hotRoom500: Scenario = saturation(
  'hot500',
  'One room of 500 at saturation',
  'The same with five hundred.',
  () => hotRoom(500),
  ONE_SOCKET_EACH,
);

function saturation(
  name: string,
  title: string,
  how: string,
  shapeOf: (short: boolean) => Shape,
  servers: Scenario['servers'] = SERVER_NAMES,
): Scenario {
  return {
    name,
    title,
    how,
    servers,
    columns: COLUMNS,
    async measure({ server, short, profile }) {
      // V8 compiles for some seconds, which is no part of what an update costs a server that runs for weeks
      const times = short ? { warmUpMs: 1_000, measureMs: 2_500 } : { warmUpMs: 8_000, measureMs: 4_000 };
      const found = await measureSaturation({ server, ...shapeOf(short), ...times, profile });
      return {
        cpu: found.cpuSecondsPerMillion,
        main: found.mainCpuSecondsPerMillion,
        delivered: found.deliveredPerSecond,
        perFrame: found.updatesPerFrame,
        server: found.serverCpu,
        generators: found.generatorCpu,
      };
    },
  };
}
