/**
 * The recording of a room: all that was written in it, as frames in the order of their commits, so that whoever has it
 * sees the room at any instant without asking again. Packed as bytes: a version, the instant from which on the room is
 * kept (0: from its beginning), then for each frame its instant, its length and an update.
 */
import * as Y from 'yjs';

export interface Frame {
  /** When it was committed, epoch ms. */
  readonly at: number;
  readonly update: Uint8Array;
}

export interface Recording {
  /** Nothing of what was there before can be told apart; null when all of it is here. */
  readonly keptFrom: number | null;
  readonly frames: readonly Frame[];
}

const VERSION = 1;
const HEADER_BYTES = 9;
const FRAME_BYTES = 12;
/** Frames that are put together as one, at most: `Y.mergeUpdates` is quadratic. */
const MERGE_AT_MOST = 50;

/**
 * Packs frames. Those of one second become one, which stands at the last of them: nobody looks at a room closer.
 */
export function packRecording(keptFrom: number | null, frames: Iterable<Frame>): Uint8Array {
  const seconds = [...bySecond(frames)];
  const size = seconds.reduce((sum, { update }) => sum + FRAME_BYTES + update.byteLength, HEADER_BYTES);
  const packed = new Uint8Array(size);
  const view = new DataView(packed.buffer);
  view.setUint8(0, VERSION);
  view.setFloat64(1, keptFrom ?? 0);
  let offset = HEADER_BYTES;
  for (const { at, update } of seconds) {
    view.setFloat64(offset, at);
    view.setUint32(offset + 8, update.byteLength);
    packed.set(update, offset + FRAME_BYTES);
    offset += FRAME_BYTES + update.byteLength;
  }
  return packed;
}

/** Null for bytes that are no recording, or one of another version. */
export function unpackRecording(packed: Uint8Array): Recording | null {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  if (packed.byteLength < HEADER_BYTES || view.getUint8(0) !== VERSION) return null;
  const keptFrom = view.getFloat64(1);
  const frames: Frame[] = [];
  let offset = HEADER_BYTES;
  while (offset < packed.byteLength) {
    if (offset + FRAME_BYTES > packed.byteLength) return null;
    const at = view.getFloat64(offset);
    const length = view.getUint32(offset + 8);
    offset += FRAME_BYTES;
    if (offset + length > packed.byteLength) return null;
    frames.push({ at, update: packed.subarray(offset, offset + length) });
    offset += length;
  }
  return { keptFrom: keptFrom === 0 ? null : keptFrom, frames };
}

function* bySecond(frames: Iterable<Frame>): Generator<Frame> {
  let second: Frame[] = [];
  for (const frame of frames) {
    const last = second.at(-1);
    const same = last !== undefined && Math.floor(last.at / 1000) === Math.floor(frame.at / 1000);
    // what a clock that was put back dates earlier stands by itself
    if (last !== undefined && (!same || frame.at < last.at || second.length >= MERGE_AT_MOST)) {
      yield merged(second);
      second = [];
    }
    second.push(frame);
  }
  if (second.length > 0) yield merged(second);
}

function merged(frames: readonly Frame[]): Frame {
  const [only] = frames;
  if (only !== undefined && frames.length === 1) return only;
  const update = Y.mergeUpdates(frames.map((frame) => frame.update));
  return { at: frames.at(-1)?.at ?? 0, update };
}
