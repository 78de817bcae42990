import { encodeAwareness } from '../frames/awareness.ts';
import type { Awareness } from '../frames/awareness.ts';
import { decodeFrame } from '../frames/frame.ts';
import { FrameError } from '../frames/reader.ts';

/**
 * Stock providers send back every awareness entry that they receive, theirs or not. In a room of a hundred
 * that is a hundred answers to each movement; this drops the entries that came from the server in the first place.
 */
export class EchoFilter {
  readonly #heard = new Map<number, number>();

  received({ entries }: Awareness): void {
    for (const { client, clock } of entries) this.#heard.set(client, clock);
  }

  /** The frame without what the server said itself; null when nothing remains. Other frames pass as they are. */
  outgoing(bytes: Uint8Array): Uint8Array | null {
    const frame = decodeFrame(bytes);
    if (frame instanceof FrameError || frame.type !== 'awareness') return bytes;
    const own = frame.entries.filter(({ client, clock }) => clock > (this.#heard.get(client) ?? -1));
    if (own.length === frame.entries.length) return bytes;
    return own.length === 0 ? null : encodeAwareness(own);
  }
}
