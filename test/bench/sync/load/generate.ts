/** A generator: many people in a process that is not the server's. */
import { answerParent } from '../process/rpc.ts';
import type { Started } from '../servers/server.ts';
import { Member } from './member.ts';
import { openBoard } from './board.ts';
import type { Board, BoardOpening } from './board.ts';
import { sendCommands } from './commands.ts';
import type { CommandTimes, Orders } from './commands.ts';
import { compareWith, shownBy } from './loss.ts';
import type { Kept, Shown } from './loss.ts';
import { resyncEach } from './resync.ts';
import type { Resync } from './resync.ts';
import { press } from './pressure.ts';
import type { Pressure } from './pressure.ts';
import { Room } from './room.ts';
import { connectorTo } from './connector.ts';
import type { Crowd } from './crowd.ts';
import { Tally } from './tally.ts';

export interface Counters {
  readonly at: number;
  readonly cpuMs: number;
  readonly delivered: number;
  readonly sent: number;
  readonly frames: number;
  /** Sockets that the server has closed. */
  readonly closed: number;
}

export interface GeneratorApi {
  readonly [name: string]: (...args: never[]) => unknown;
  /** Opens all of the crowd's sockets, beside those that are open; answers how long that took, in ms. */
  connect(crowd: Crowd): Promise<number>;
  begin(pressure: Pressure): void;
  end(): void;
  counters(): Counters;
  /** Keeps the times of updates from now on. */
  watchTimes(): void;
  /** The times since, in ms. */
  times(): { readonly toPeer: readonly number[]; readonly toAck: readonly number[] };
  /** What others had been shown of each author: the client's clock, by document and client. */
  shown(): readonly Shown[];
  /** Compares that with what a server has now. */
  compare(shown: readonly Shown[], server: Started & { readonly cookies: readonly string[] }): Promise<Kept>;
  /** Brings so many updates, written without a network, to each of the documents that it has open, one by one. */
  resync(updates: number, crowd: Crowd): Promise<readonly Resync[]>;
  /** Sends commands. */
  command(orders: Orders): Promise<CommandTimes>;
  /** Opens a board into a Y.Doc from nothing. */
  openBoard(board: Board): Promise<BoardOpening>;
  leave(): void;
}

/** Sockets that are opened at a time. */
const OPENING = 32;

/** Which generator this is: client ids of two never meet. */
const firstClient = (Number(process.argv[2]) + 1) * 0x1000000;
let clients = 0;
const tally = new Tally();
let members: Member[] = [];
let writers: Member[] = [];
let stop: (() => void) | null = null;

const api: GeneratorApi = {
  async connect({ documents, membersEach, writersEach, cookies, ...server }) {
    const opening: Member[] = [];
    for (const name of documents) {
      const room = new Room<Member>(name, tally);
      for (let index = 0; index < membersEach; index += 1) {
        room.add(new Member(room, firstClient + (clients += 1), server.dialect));
      }
      opening.push(...room.members);
      writers.push(...room.members.slice(0, writersEach));
    }
    const from = performance.now();
    members.push(...opening);
    const left = opening.entries();
    const connect = connectorTo(server, cookies, opening.length);
    const connectInTurn = async (): Promise<void> => {
      for (const [index, member] of left) await member.connect(connect(index));
    };
    await Promise.all(Array.from({ length: OPENING }, connectInTurn));
    return performance.now() - from;
  },
  begin(pressure) {
    stop = press(pressure, writers, tally);
  },
  end() {
    stop?.();
    stop = null;
  },
  counters() {
    const { user, system } = process.cpuUsage();
    const { delivered, sent, frames } = tally;
    const closed = members.filter(({ closedWith }) => closedWith !== null).length;
    return { at: performance.now(), cpuMs: (user + system) / 1_000, delivered, sent, frames, closed };
  },
  watchTimes() {
    tally.toPeer.take();
    tally.toAck.take();
    tally.timing = true;
  },
  times() {
    tally.timing = false;
    return { toPeer: tally.toPeer.take(), toAck: tally.toAck.take() };
  },
  shown: () => shownBy(members),
  compare: compareWith,
  resync: (updates, crowd) => resyncEach(updates, crowd, () => firstClient + (clients += 1)),
  command: sendCommands,
  openBoard,
  leave() {
    for (const member of members) member.destroy();
    members = [];
    writers = [];
  },
};

answerParent(api);
