/** What the store tells of a room's past. */
import type { RoomContent } from '@muster/documents';

/** What one person wrote without a long pause. Times are those of the commits, in epoch milliseconds. */
export interface Sitting {
  readonly person: string;
  /** Brought back by the person after a restore; who wrote it may be others. */
  readonly recovered: boolean;
  readonly from: number;
  readonly to: number;
  readonly updates: number;
  readonly firstSeq: number;
  readonly lastSeq: number;
}

export interface SittingsPage {
  /** Newest first. */
  readonly sittings: readonly Sitting[];
  /** Sequence to go on before; null on the last page. */
  readonly next: number | null;
  /** Sittings of the whole room. */
  readonly total: number;
}

export interface RoomAt {
  /** The last update in it; 0 for a room that nobody had written yet. */
  readonly seq: number;
  /** When that update was committed; null when there is none. */
  readonly changedAt: number | null;
  /** The sequence compared with, when one was asked for. */
  readonly since: number | null;
  readonly content: RoomContent;
}

export type Replay<Form> =
  | { readonly outcome: 'found'; readonly found: Form }
  /** The instant lies before what was kept. */
  | { readonly outcome: 'not-kept' }
  | { readonly outcome: 'damaged'; readonly what: string };

/**
 * Rooms as they stood. An instant means the last update committed at it or before it; among updates of one
 * millisecond the order of commit decides. Callers have asked whether the reader may; a record must exist.
 */
export interface RoomHistory {
  /** JSON of a RoomAt in UTF-8, made away from the main thread. With `since`, what came and went in between is told. */
  contentAt(room: string, at: number, since: number | null): Promise<Replay<Uint8Array>>;
  /** The room's state as a Yjs update. */
  stateAt(room: string, at: number): Promise<Replay<Uint8Array>>;
  /** All of it, packed (see `packRecording`), for a replay on the reader's own device. */
  recording(room: string): Promise<Replay<Uint8Array>>;
  sittings(room: string, before: number | null, limit: number): Promise<Replay<SittingsPage>>;
  /** Puts raw updates from before an instant into segments, as far as snapshots no longer need them. Answers how many. */
  keep(before: number): Promise<number>;
}
