/** The members that this generator has in one room, and what each has seen of the others, theirs of other generators too. */
import type { Tally } from './tally.ts';
import { readClocks } from './updates.ts';

/** Reads of frames that are kept, since one frame comes to every member. */
const KEPT_READS = 4;
/** Below this a frame is read faster than compared. */
const SMALL = 64;

interface Read {
  readonly bytes: Buffer;
  readonly clocks: readonly number[];
}

/** What a room knows of a member. */
export interface RoomMember {
  readonly client: number;
  /** Clock by number of the client in the room. */
  readonly seen: number[];
  acknowledged: number;
  shown: number;
  timeOf(unit: number): number | null;
}

export class Room<Member extends RoomMember> {
  readonly name: string;
  readonly members: Member[] = [];
  readonly #tally: Tally;
  readonly #numbers = new Map<number, number>();
  readonly #own: (Member | undefined)[] = [];
  readonly #reads: Read[] = [];
  /** Called when a member's update was seen by another: it may write again. */
  onShown: ((author: Member) => void) | null = null;
  onAcknowledged: ((author: Member) => void) | null = null;

  constructor(name: string, tally: Tally) {
    this.name = name;
    this.#tally = tally;
  }

  add(member: Member): void {
    this.members.push(member);
    this.#own[this.#numberOf(member.client)] = member;
  }

  /** A frame of updates came to a member. */
  deliver(to: Member, bytes: Buffer, from: number): void {
    this.#tally.frames += 1;
    const clocks = this.#read(bytes, from);
    for (let index = 0; index < clocks.length; index += 2) {
      this.#advance(to, clocks[index] as number, clocks[index + 1] as number);
    }
  }

  acknowledge(member: Member, clock: number): void {
    if (this.#tally.timing) {
      const now = performance.now();
      for (let unit = member.acknowledged; unit < clock; unit += 1) {
        const sentAt = member.timeOf(unit);
        if (sentAt !== null) this.#tally.toAck.add(now - sentAt);
      }
    }
    member.acknowledged = Math.max(member.acknowledged, clock);
    this.onAcknowledged?.(member);
  }

  #advance(to: Member, number: number, clock: number): void {
    const author = this.#own[number];
    const before = to.seen[number] ?? 0;
    if (clock <= before || author === to) return;
    to.seen[number] = clock;
    this.#tally.delivered += clock - before;
    if (author === undefined) return;
    if (this.#tally.timing) {
      const now = performance.now();
      for (let unit = before; unit < clock; unit += 1) {
        const sentAt = author.timeOf(unit);
        if (sentAt !== null) this.#tally.toPeer.add(now - sentAt);
      }
    }
    if (clock > author.shown) {
      author.shown = clock;
      this.onShown?.(author);
    }
  }

  /** Pairs of a client's number and its clock after the frame. */
  #read(bytes: Buffer, from: number): readonly number[] {
    if (bytes.length < SMALL) return this.#readClocks(bytes, from);
    const kept = this.#reads.find((read) => read.bytes.length === bytes.length && read.bytes.equals(bytes));
    if (kept !== undefined) return kept.clocks;
    const clocks = this.#readClocks(bytes, from);
    this.#reads.unshift({ bytes: Buffer.from(bytes), clocks });
    this.#reads.length = Math.min(this.#reads.length, KEPT_READS);
    return clocks;
  }

  #readClocks(bytes: Buffer, from: number): readonly number[] {
    const clocks: number[] = [];
    readClocks(bytes, from, (client, clock) => clocks.push(this.#numberOf(client), clock));
    return clocks;
  }

  #numberOf(client: number): number {
    let number = this.#numbers.get(client);
    if (number === undefined) this.#numbers.set(client, (number = this.#numbers.size));
    return number;
  }
}
