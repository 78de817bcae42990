/** A header of plain values and bytes behind it, compressed together. What is unpacked is checked for its form only. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';

const HEADER_LENGTH_BYTES = 4;

export class Unreadable extends Error {
  override readonly name = 'Unreadable';
}

export function pack(header: unknown, parts: readonly Uint8Array[]): Uint8Array {
  const head = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(HEADER_LENGTH_BYTES);
  length.writeUInt32BE(head.byteLength);
  return new Uint8Array(deflateRawSync(Buffer.concat([length, head, ...parts])));
}

/** Throws Unreadable for bytes that `pack` did not make. */
export function unpack(bytes: Uint8Array): { readonly header: unknown; readonly body: Uint8Array } {
  try {
    const whole = inflateRawSync(bytes);
    const end = HEADER_LENGTH_BYTES + whole.readUInt32BE(0);
    const header: unknown = JSON.parse(whole.subarray(HEADER_LENGTH_BYTES, end).toString());
    return { header, body: new Uint8Array(whole.subarray(end)) };
  } catch (error) {
    throw new Unreadable('the bytes are not what was packed', { cause: error });
  }
}
