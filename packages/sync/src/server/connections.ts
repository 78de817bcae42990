import type { SocketConnection } from './connection.ts';

/** How many connections of each kind a session has. */
interface Counts {
  stock: number;
  channels: number;
}

/** All connections of a process, counted by session as they come and go. */
export class Connections implements Iterable<SocketConnection> {
  readonly #all = new Set<SocketConnection>();
  readonly #counts = new Map<string, Counts>();

  get size(): number {
    return this.#all.size;
  }

  [Symbol.iterator](): IterableIterator<SocketConnection> {
    return this.#all.values();
  }

  /** Takes a connection in; how many of its kind its session has now. */
  add(connection: SocketConnection): number {
    this.#all.add(connection);
    const { id } = connection.session;
    let counts = this.#counts.get(id);
    if (counts === undefined) {
      counts = { stock: 0, channels: 0 };
      this.#counts.set(id, counts);
    }
    return (counts[connection.kind] += 1);
  }

  delete(connection: SocketConnection): void {
    if (!this.#all.delete(connection)) return;
    const { id } = connection.session;
    const counts = this.#counts.get(id);
    if (counts === undefined) return;
    counts[connection.kind] -= 1;
    if (counts.stock + counts.channels === 0) this.#counts.delete(id);
  }
}
