import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/**
 * Extension 116, for clients with `?ext=2`. From the server: what a step 2 would carry, packed and deflated.
 * From the client, with nothing in it: the state did not unpack, so send the step 2.
 */
export const STATE = 116;

export interface State {
  readonly type: 'state';
  /** Columns of the update (see `packed/`) as a raw deflate stream; empty in a client's complaint. */
  readonly deflated: Uint8Array;
}

export function encodeState(deflated: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, STATE);
  encoding.writeVarUint8Array(encoder, deflated);
  return encoding.toUint8Array(encoder);
}

export function readState(decoder: decoding.Decoder): State {
  return { type: 'state', deflated: decoding.readVarUint8Array(decoder) };
}
