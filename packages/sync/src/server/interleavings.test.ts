/**
 * Documents are loaded, written, left and let go in any order, while loads and appends take their time or fail. Nothing
 * that was acknowledged or shown is lost, nobody waits for ever, and nothing stays behind.
 */
import { describe, expect, test } from 'vitest';
import { encodeStepOne } from '../frames/sync.ts';
import { turn } from '../test-support/fake-clock.ts';
import { startMachine } from '../test-support/machine.ts';
import type { RawClient } from '../test-support/machine.ts';

const ROOMS = ['room/R1', 'room/R2'] as const;
const PEOPLE = ['ada', 'bob', 'cid', 'dee'] as const;
const FIRST_SEED = 20_261_123;
const RUNS = Math.max(60, Number(process.env['MUSTER_FUZZ_RUNS'] ?? 0));
const STEPS = 60;
const UNLOADED_MS = 31_000;

/** A client, what it wrote, frame by frame, and how much of that was acknowledged. */
interface Seat {
  readonly client: RawClient;
  readonly room: string;
  readonly wrote: string[];
}

const seedsToRun =
  process.env['MUSTER_FUZZ_SEED'] === undefined
    ? Array.from({ length: RUNS }, (_, index) => FIRST_SEED + index)
    : [Number(process.env['MUSTER_FUZZ_SEED'])];

describe('loads, writes and unloads in any order', () => {
  test(
    `[SYN-23] lose nothing and leave nothing behind [seeds from ${seedsToRun[0]}]`,
    { timeout: 3_600_000 },
    async () => {
      for (const seed of seedsToRun) await interleave(seed);
      expect(seedsToRun.length).toBeGreaterThan(0);
    },
  );
});

async function interleave(seed: number): Promise<void> {
  const machine = startMachine();
  const { documents, clock, host } = machine;
  for (const room of ROOMS) documents.create(room);
  const below = generator(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item;
  const promised = new Map<string, Set<string>>(ROOMS.map((room) => [room, new Set()]));
  let seats: Seat[] = [];
  let words = 0;

  const open = async (): Promise<void> => {
    const room = pick(ROOMS);
    const client = await machine.open(pick(PEOPLE), room);
    seats.push({ client, room, wrote: [] });
    // as a provider does: asks at once, answers when it is asked
    await client.send(encodeStepOne(Uint8Array.of(0)));
  };
  const write = async ({ client, wrote }: Seat): Promise<void> => {
    const word = `w${(words += 1)}`;
    wrote.push(word);
    await client.edit((doc) => doc.getArray('timeline').push([word]));
  };
  const steps: readonly (() => unknown)[] = [
    open,
    open,
    () => seats.length > 0 && write(pick(seats)),
    () => seats.length > 0 && write(pick(seats)),
    () => seats.length > 0 && write(pick(seats)),
    () => leave(seats[below(Math.max(1, seats.length))]),
    () => documents.holdAppends(),
    () => documents.releaseOne(),
    () => documents.releaseAppends(),
    () => documents.holdLoads(),
    () => documents.releaseLoads(),
    () => documents.failNextAppend(new Error('the disk is full')),
    () => documents.failNextLoad(new Error('the disk does not answer')),
    () => documents.compact(pick(ROOMS)),
    () => clock.pass(pick([10, 1_000, 29_000, UNLOADED_MS])),
  ];
  /** The socket goes; what its client was told stays promised. */
  async function leave(seat: Seat | undefined): Promise<void> {
    if (seat === undefined) return;
    note(seat);
    seats = seats.filter((one) => one !== seat);
    await seat.client.drop();
  }
  /** Of what it wrote, as much as was acknowledged; of what others wrote, all that it was shown. */
  function note({ client, room, wrote }: Seat): void {
    const told = promised.get(room) ?? new Set();
    const acknowledged = client.of('ack').at(-1)?.count ?? 0;
    for (const word of wrote.slice(0, acknowledged)) told.add(word);
    const shown = client.take().doc.getArray('timeline').toArray() as string[];
    for (const word of shown) if (!wrote.includes(word)) told.add(word);
  }

  for (let step = 0; step < STEPS; step += 1) await pick(steps)();
  documents.releaseLoads();
  documents.releaseAppends();
  for (let round = 0; round < 5; round += 1) await turn();
  while (seats.length > 0) await leave(seats[0]);
  await clock.pass(UNLOADED_MS);
  const where = `seed ${seed}`;
  expect(host.status(), where).toMatchObject({ openDocuments: 0, connections: 0, readers: 0, appending: 0 });
  for (const [room, told] of promised) {
    const stored = documents.read(room).getArray('timeline').toArray() as string[];
    expect(new Set(stored).size, `${where}: ${room} holds a word twice`).toBe(stored.length);
    expect(
      [...told].filter((word) => !stored.includes(word)),
      `${where}: lost in ${room}`,
    ).toEqual([]);
    // a fault that was left over must not meet whoever comes next
    documents.forgetFailures();
    const fresh = await (await machine.open('eve', room)).sync();
    expect(fresh.doc.getArray('timeline').toArray(), `${where}: a first reader`).toEqual(stored);
    await fresh.drop();
  }
}

/** Numbers below a bound that a seed repeats. */
function generator(seed: number): (end: number) => number {
  let state = Math.imul(seed, 0x9e37_79b1) >>> 0 || 1;
  return (end) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % end;
  };
}
