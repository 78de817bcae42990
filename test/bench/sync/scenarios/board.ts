/** A board of many rows from connect to synced. */
import { fetchState } from '../load/board.ts';
import { spreadOf } from '../load/tally.ts';
import { Arena } from '../run/arena.ts';
import type { ServerName } from '../servers/server.ts';
import type { Occasion, Scenario } from './scenario.ts';

const VISITS = 5;

export const board10k: Scenario = board('board10000', 10_000);
export const board20k: Scenario = board('board20000', 20_000);

interface Made {
  readonly name: string;
  readonly state: Uint8Array;
}

function board(name: string, rows: number): Scenario {
  /** Made by ours once, and given to the others as it is. */
  let made: Promise<Made> | undefined;
  return {
    name,
    title: `A board of ${rows.toLocaleString('en')} rows from connect to synced`,
    how: `Ours with our own client, whose socket carries first states packed; the others with the same document and a client that puts it into a Y.Doc. Each opens ${VISITS} times after a first; bytes are those that came over the connection.`,
    servers: ['muster-channels', 'hocuspocus', 'y-protocols'],
    repeatsAtMost: 1,
    columns: [
      { name: 'kilobytes', unit: 'KB received', digits: 0 },
      { name: 'ms', unit: 'connect to synced p50, ms', digits: 0 },
      { name: 'first', unit: 'the first to open, ms', digits: 0 },
      { name: 'cpu', unit: 'CPU ms of the server each', digits: 1 },
    ],
    async measure(occasion) {
      if (occasion.server !== 'muster-channels')
        made ??= withOurs('muster', rows, (_, one) => Promise.resolve(one));
      return measure(occasion, rows, await made);
    },
  };
}

function withOurs<Result>(
  server: ServerName,
  rows: number,
  use: (arena: Arena, made: Made & { cookie: string | undefined }) => Promise<Result>,
): Promise<Result> {
  return Arena.with({ server, generators: 1 }, async (arena) => {
    const { name, cookie } = await arena.server.ask('makeBoard', rows);
    return use(arena, { name, cookie, state: await fetchState({ ...arena.started, name, cookie }) });
  });
}

function measure(
  { server }: Occasion,
  rows: number,
  made: Made | undefined,
): Promise<Record<string, number>> {
  const visitAll = async (arena: Arena, name: string, cookie: string | undefined) => {
    await arena.restart('SIGTERM');
    if (made !== undefined) await arena.server.ask('put', name, made.state);
    const board = { ...arena.started, name, cookie };
    const [generator] = arena.generators;
    const open = () => generator?.ask('openBoard', board);
    const first = await open();
    const before = await arena.server.ask('usage');
    const visits = [];
    for (let count = 0; count < VISITS; count += 1) visits.push(await open());
    const after = await arena.server.ask('usage');
    const wrong = visits.find((one) => one?.rows !== rows);
    if (first === undefined || wrong !== undefined) throw new Error(`${wrong?.rows} rows where ${rows} are`);
    return {
      kilobytes: spreadOf(visits.map((one) => one?.bytes ?? NaN)).p50 / 1_024,
      ms: spreadOf(visits.map((one) => one?.ms ?? NaN)).p50,
      first: first.ms,
      cpu: (after.cpuMs - before.cpuMs) / VISITS,
    };
  };
  if (made === undefined)
    return withOurs(server, rows, (arena, { name, cookie }) => visitAll(arena, name, cookie));
  return Arena.with({ server, generators: 1 }, (arena) => visitAll(arena, made.name, undefined));
}
