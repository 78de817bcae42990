/** One person in one room: a socket, what it typed, and what it has seen of each other. */
import type { Dialect } from '../servers/server.ts';
import type { Heard } from './dialects.ts';
import { Wire } from './dialects.ts';
import type { RawSocketEvents } from './raw-socket.ts';
import type { Room } from './room.ts';
import type { Line } from './trunk.ts';
import { writeUpdate } from './updates.ts';

/** How many of the newest updates keep the time at which they were sent. A power of two. */
const REMEMBERED = 1_024;

/** Opens a way to the server for one document. */
export type Connect = (document: string, events: RawSocketEvents) => Promise<Line>;

export class Member {
  readonly client: number;
  readonly room: Room<Member>;
  readonly wire: Wire;
  /** Clock by number of the client in the room. */
  readonly seen: number[] = [];
  readonly sentAt = new Float64Array(REMEMBERED);
  /** Units of this client's clock that went out. */
  clock = 0;
  /** Units that somebody else has shown to have. */
  shown = 0;
  /** Units that the server has called durable. */
  acknowledged = 0;
  /** Units that its first step 2 brings, written while there was no network. */
  offline = 0;
  closedWith: { readonly code: number; readonly reason: string } | null = null;
  /** Frames with updates that went out on this connection, and the clock less that number. */
  #framesSent = 0;
  #offset = 0;
  #line: Line | null = null;
  #onSynced: (() => void) | null = null;
  #onLost: ((error: Error) => void) | null = null;

  constructor(room: Room<Member>, client: number, dialect: Dialect) {
    this.room = room;
    this.client = client;
    this.wire = new Wire(dialect, room.name);
  }

  /** Opens the document and resolves when its state is here. */
  async connect(connect: Connect): Promise<void> {
    this.closedWith = null;
    this.#framesSent = 0;
    this.#offset = this.clock;
    const synced = new Promise<void>((resolve, reject) => {
      this.#onSynced = resolve;
      if (!this.wire.waitsForState) resolve();
      this.#onLost = reject;
    });
    synced.catch(() => undefined);
    this.#line = await connect(this.room.name, {
      frame: (bytes) => this.#hear(bytes),
      closed: (code, reason) => {
        this.closedWith = { code, reason };
        this.#onLost?.(new Error(`${this.room.name} closed ${code} ${reason}`));
      },
    });
    for (const frame of this.wire.greeting()) this.#line.queue(frame);
    this.#line.flush();
    await synced;
  }

  /** Types one character; it goes out with the next `flush`. */
  type(now: number): void {
    this.sentAt[this.clock % REMEMBERED] = now;
    this.#queueCounted(this.wire.update(writeUpdate(this.client, this.clock)));
    this.clock += 1;
  }

  flush(): void {
    this.#line?.flush();
  }

  destroy(): void {
    this.#line?.destroy();
    this.#line = null;
  }

  /** The time at which the unit went out, while it is among the newest. */
  timeOf(clock: number): number | null {
    return this.clock - clock > REMEMBERED ? null : (this.sentAt[clock % REMEMBERED] ?? null);
  }

  #offlineWork(): Uint8Array {
    this.clock = Math.max(this.clock, this.offline);
    return this.wire.stepTwo(writeUpdate(this.client, 0, this.offline));
  }

  #queueCounted(frame: Uint8Array): void {
    this.#line?.queue(frame);
    this.#framesSent += 1;
  }

  #hear(bytes: Buffer): void {
    const heard = this.wire.hear(bytes);
    if (heard !== null) this.#take(heard, bytes);
  }

  #take(heard: Heard, bytes: Buffer): void {
    switch (heard.type) {
      case 'asked':
        this.#queueCounted(this.offline === 0 ? this.wire.nothing() : this.#offlineWork());
        this.#offset = this.clock - this.#framesSent;
        return this.flush();
      case 'synced':
        return this.#onSynced?.();
      case 'update':
        return this.room.deliver(this, bytes, heard.from);
      case 'acknowledged':
        return this.room.acknowledge(this, heard.count + this.#offset);
      case 'refused':
        throw new Error(`${this.room.name} refused an update: ${bytes.toString('latin1')}`);
    }
  }
}
