/** A generator: many people in a process that is not the server's. */
import { answerParent } from '../process/rpc.ts';
import type { Started } from '../servers/server.ts';
import { Member } from './member.ts';
import { press } from './pressure.ts';
import type { Pressure } from './pressure.ts';
import { Room } from './room.ts';
import { connectorTo } from './connector.ts';
import { Tally } from './tally.ts';

export interface Crowd extends Started {
  readonly cookies: readonly string[];
  readonly documents: readonly string[];
  readonly membersEach: number;
  /** Of them, how many write. */
  readonly writersEach: number;
}

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
      const room = new Room(name, tally);
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
  leave() {
    for (const member of members) member.destroy();
    members = [];
    writers = [];
  },
};

answerParent(api);
