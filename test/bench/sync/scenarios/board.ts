/** A board of many rows from connect to synced. */
import { fetchState } from '../load/board.ts';
import type { Board, BoardOpening } from '../load/board.ts';
import { spreadOf } from '../load/tally.ts';
import { Arena } from '../run/arena.ts';
import type { ServerName } from '../servers/server.ts';
import type { Figures, Scenario } from './scenario.ts';

const OURS = 'muster-channels';
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
    async measure({ server }) {
      if (server !== OURS) return withTheirs(server, await (made ??= makeOnly(rows)), rows);
      return withOurs(rows, (arena, { state, ...board }) => {
        made = Promise.resolve({ name: board.name, state });
        return openAgain(arena, board, rows);
      });
    },
  };
}

/** When ours is not among the servers that are asked for. */
function makeOnly(rows: number): Promise<Made> {
  return withOurs(rows, (_, { name, state }) => Promise.resolve({ name, state }));
}

function withOurs<Result>(
  rows: number,
  use: (arena: Arena, made: Made & { readonly cookie: string | undefined }) => Promise<Result>,
): Promise<Result> {
  return Arena.with({ server: OURS, generators: 1 }, async (arena) => {
    const { name, cookie } = await arena.server.ask('makeBoard', rows);
    const state = await fetchState({ ...arena.started, name, cookie });
    await arena.restart('SIGTERM');
    return use(arena, { name, cookie, state });
  });
}

function withTheirs(server: ServerName, { name, state }: Made, rows: number): Promise<Figures> {
  return Arena.with({ server, generators: 1 }, async (arena) => {
    await arena.server.ask('put', name, state);
    return openAgain(arena, { name, cookie: undefined }, rows);
  });
}

async function openAgain(
  arena: Arena,
  document: Pick<Board, 'name' | 'cookie'>,
  rows: number,
): Promise<Figures> {
  const board = { ...arena.started, ...document };
  const open = async (): Promise<BoardOpening> => {
    const [opening] = await arena.all('openBoard', board);
    if (opening?.rows !== rows) throw new Error(`${opening?.rows} rows where ${rows} are`);
    return opening;
  };
  const first = await open();
  const before = await arena.server.ask('usage');
  const visits: BoardOpening[] = [];
  for (let count = 0; count < VISITS; count += 1) visits.push(await open());
  const after = await arena.server.ask('usage');
  return {
    kilobytes: spreadOf(visits.map(({ bytes }) => bytes)).p50 / 1_024,
    ms: spreadOf(visits.map(({ ms }) => ms)).p50,
    first: first.ms,
    cpu: (after.cpuMs - before.cpuMs) / VISITS,
  };
}
