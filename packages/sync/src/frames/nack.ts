import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** Extension 114: a frame was not taken. The close that follows says whether to come again. */
export const NACK = 114;

export interface Nack {
  readonly type: 'nack';
  /** Number of the frame, counted as ACK counts. */
  readonly count: number;
  /** Stable code, for example `too-deep`; see `Rejection`. */
  readonly code: string;
  readonly text: string;
}

export function encodeNack(nack: Omit<Nack, 'type'>): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, NACK);
  encoding.writeVarUint(encoder, nack.count);
  encoding.writeVarString(encoder, nack.code);
  encoding.writeVarString(encoder, nack.text);
  return encoding.toUint8Array(encoder);
}

export function readNack(decoder: decoding.Decoder): Nack {
  const count = decoding.readVarUint(decoder);
  const code = decoding.readVarString(decoder);
  return { type: 'nack', count, code, text: decoding.readVarString(decoder) };
}
