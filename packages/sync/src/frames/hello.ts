import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { LIMITS } from '../limits.ts';
import type { Limits } from '../limits.ts';
import { FrameError } from './reader.ts';

/** Extension 112, the first frame on an opened document: what it is and what the server will bear. */
export const HELLO = 112;

export interface Hello {
  readonly type: 'hello';
  /** Epoch of the document; 0 for a kind without epochs. */
  readonly epoch: number;
  readonly layout: number;
  /** Sequence of the newest committed update. */
  readonly headSeq: number;
  /** Epoch ms of the server's clock. */
  readonly serverTime: number;
  readonly mayWrite: boolean;
  readonly limits: Limits;
}

const NAMES = Object.keys(LIMITS) as readonly (keyof Limits)[];

export function encodeHello(hello: Omit<Hello, 'type'>): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, HELLO);
  encoding.writeVarUint(encoder, hello.epoch);
  encoding.writeVarUint(encoder, hello.layout);
  encoding.writeVarUint(encoder, hello.headSeq);
  encoding.writeVarUint(encoder, hello.serverTime);
  encoding.writeVarUint(encoder, hello.mayWrite ? 1 : 0);
  encoding.writeVarString(encoder, JSON.stringify(hello.limits));
  return encoding.toUint8Array(encoder);
}

export function readHello(decoder: decoding.Decoder): Hello | FrameError {
  const epoch = decoding.readVarUint(decoder);
  const layout = decoding.readVarUint(decoder);
  const headSeq = decoding.readVarUint(decoder);
  const serverTime = decoding.readVarUint(decoder);
  const mayWrite = decoding.readVarUint(decoder) === 1;
  const told: unknown = JSON.parse(decoding.readVarString(decoder));
  if (typeof told !== 'object' || told === null) return new FrameError('malformed', 'HELLO tells no limits');
  const limits = Object.fromEntries(
    NAMES.map((name) => {
      const value = (told as Readonly<Record<string, unknown>>)[name];
      return [name, typeof value === 'number' ? value : LIMITS[name]];
    }),
  ) as Limits;
  return { type: 'hello', epoch, layout, headSeq, serverTime, mayWrite, limits };
}
