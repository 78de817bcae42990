import * as decoding from 'lib0/decoding';
import { encodeNumbers } from './numbers.ts';

/** Extension 113: how many of this channel's frames with updates are on disk. */
export const ACK = 113;

export interface Ack {
  readonly type: 'ack';
  /** Counts the step 2 and update frames that the client sent since the document was opened, all up to this one. */
  readonly count: number;
}

export const encodeAck = (count: number): Uint8Array => encodeNumbers(ACK, count);

export function readAck(decoder: decoding.Decoder): Ack {
  return { type: 'ack', count: decoding.readVarUint(decoder) };
}
