import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** Extension 115: the document goes on under another name. This one stays readable for a while. */
export const RESET = 115;

export interface Reset {
  readonly type: 'reset';
  readonly epoch: number;
  /** Name of the document in its next epoch. */
  readonly next: string;
  readonly reason: string;
}

export function encodeReset(reset: Omit<Reset, 'type'>): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, RESET);
  encoding.writeVarUint(encoder, reset.epoch);
  encoding.writeVarString(encoder, reset.next);
  encoding.writeVarString(encoder, reset.reason);
  return encoding.toUint8Array(encoder);
}

export function readReset(decoder: decoding.Decoder): Reset {
  const epoch = decoding.readVarUint(decoder);
  const next = decoding.readVarString(decoder);
  return { type: 'reset', epoch, next, reason: decoding.readVarString(decoder) };
}
