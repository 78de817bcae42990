import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { FrameError } from './reader.ts';

/** Message type 2 of y-protocols: the server denies, with a reason. Clients never send it. */
export const AUTH = 2;

export interface Denied {
  readonly type: 'denied';
  readonly reason: string;
}

export function encodeDenied(reason: string): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, AUTH);
  encoding.writeVarUint(encoder, 0);
  encoding.writeVarString(encoder, reason);
  return encoding.toUint8Array(encoder);
}

export function readAuth(decoder: decoding.Decoder): Denied | FrameError {
  const kind = decoding.readVarUint(decoder);
  if (kind !== 0) return new FrameError('unknown-type', `auth message ${kind} is not known`);
  return { type: 'denied', reason: decoding.readVarString(decoder) };
}
