/**
 * A room at any instant, from its recording. Going forward applies what came in between; going back begins at the
 * nearest of some stations on the way, which are made once by going through it.
 */
import * as Y from 'yjs';
import type { Recording } from './recording.ts';
import { readTimeline } from './timeline/entry.ts';
import type { TimelineEntry } from './timeline/entry.ts';
import { readTasks } from './timeline/task.ts';
import type { Task } from './timeline/task.ts';

/** What people had written at an instant, besides prose. */
export interface ReplayedRoom {
  readonly entries: readonly TimelineEntry[];
  readonly tasks: readonly Task[];
  readonly nonconforming: number;
}

/** So many states of the whole room are kept at most. */
const STATIONS = 32;
const LEAST_APART = 64;

interface Station {
  /** Frames that it holds. */
  readonly place: number;
  readonly state: Uint8Array;
}

export class RoomReplay {
  readonly #recording: Recording;
  /** For each frame the earliest instant at which it and all before it are there. */
  readonly #instants: Float64Array;
  readonly #apart: number;
  readonly #stations: Station[] = [];
  /** When each thing that people wrote was committed, by its id. */
  readonly #committed = new Map<string, number>();
  #scanned = 0;
  #doc = new Y.Doc();
  #place = 0;

  constructor(recording: Recording) {
    this.#recording = recording;
    const { frames } = recording;
    this.#apart = Math.max(LEAST_APART, Math.ceil(frames.length / STATIONS));
    this.#instants = new Float64Array(frames.length);
    let earliest = Number.POSITIVE_INFINITY;
    // an instant shows the last frame committed at it or before it, and all before that one
    for (let index = frames.length - 1; index >= 0; index -= 1) {
      earliest = Math.min(earliest, frames[index]?.at ?? earliest);
      this.#instants[index] = earliest;
    }
  }

  /** Frames of the whole recording. */
  get length(): number {
    return this.#recording.frames.length;
  }

  /** Whether an instant lies before what is kept. */
  isBeforeKept(at: number): boolean {
    const { keptFrom } = this.#recording;
    return keptFrom !== null && at < keptFrom;
  }

  /** How many frames are there at an instant: the same number shows the same room. */
  placeAt(at: number): number {
    let [low, high] = [0, this.#instants.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#instants[middle] ?? 0) <= at) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Goes on making stations for at most `ms`; the part that is done, 1 when all are there. */
  prepare(ms: number, clock: () => number = () => performance.now()): number {
    const until = clock() + ms;
    const to = this.length;
    if (this.#place < this.#reached()) this.#goTo(this.#reached());
    while (this.#place < to && clock() < until) {
      this.#goTo(Math.min(to, this.#place + LEAST_APART));
      this.#scan(this.#place);
    }
    return to === 0 ? 1 : this.#place / to;
  }

  /** When an entry or task was committed; null for one that is not in what was made ready. */
  committedAt(id: string): number | null {
    return this.#committed.get(id) ?? null;
  }

  /** The room with so many frames (see `placeAt`). */
  show(place: number): ReplayedRoom {
    this.#goTo(Math.min(Math.max(0, place), this.length));
    const { entries, nonconforming } = readTimeline(this.#doc);
    const { tasks, nonconforming: odd } = readTasks(this.#doc);
    return { entries, tasks, nonconforming: nonconforming.length + odd.length };
  }

  close(): void {
    this.#doc.destroy();
    this.#stations.length = 0;
  }

  /** Notes what the frames before this place brought. */
  #scan(place: number): void {
    for (; this.#scanned < place; this.#scanned += 1) {
      const frame = this.#recording.frames[this.#scanned];
      if (frame === undefined) continue;
      for (const id of madeIn(frame.update)) {
        if (!this.#committed.has(id)) this.#committed.set(id, frame.at);
      }
    }
  }

  #reached(): number {
    return this.#stations.at(-1)?.place ?? 0;
  }

  #goTo(place: number): void {
    const station = this.#stations.findLast((one) => one.place <= place);
    // from where it stands, unless that is behind or a station is nearer
    if (this.#place > place || (station !== undefined && station.place > this.#place)) this.#restart(station);
    while (this.#place < place) {
      const next = Math.min(place, this.#place - (this.#place % this.#apart) + this.#apart);
      this.#doc.transact(() => {
        for (const { update } of this.#recording.frames.slice(this.#place, next))
          Y.applyUpdate(this.#doc, update);
      });
      this.#place = next;
      if (next % this.#apart === 0 && next > this.#reached()) {
        this.#stations.push({ place: next, state: Y.encodeStateAsUpdate(this.#doc) });
      }
    }
  }

  #restart(station: Station | undefined): void {
    this.#doc.destroy();
    this.#doc = new Y.Doc();
    if (station !== undefined) Y.applyUpdate(this.#doc, station.state);
    this.#place = station?.place ?? 0;
  }
}

/** Ids of the things that an update makes: each has a head, which is written once. */
function* madeIn(update: Uint8Array): Generator<string> {
  for (const struct of Y.decodeUpdate(update).structs) {
    if (!(struct instanceof Y.Item) || struct.parentSub !== 'head') continue;
    const head: unknown = struct.content instanceof Y.ContentAny ? struct.content.arr.at(-1) : null;
    const id: unknown = Array.isArray(head) ? head[1] : null;
    if (typeof id === 'string') yield id;
  }
}
