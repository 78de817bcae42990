/**
 * Many documents on one socket: a frame is a channel number, then a stock frame.
 * Channel 0 is the control channel: it opens and closes the others and keeps the socket alive.
 * Numbers are the client's to give, once each for a socket.
 */
import { unreachable } from '@muster/domain/shared';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { encodeNumbersAnd } from './frames/numbers.ts';
import { FrameError, readAll } from './frames/reader.ts';

export type Control =
  | { readonly type: 'open'; readonly channel: number; readonly name: string }
  | { readonly type: 'opened'; readonly channel: number }
  /** From the server: why. From the client: it wants no more of it. */
  | { readonly type: 'closed'; readonly channel: number; readonly code: number; readonly reason: string }
  | { readonly type: 'ping' }
  | { readonly type: 'pong' };

export interface ChannelFrame {
  readonly type: 'frame';
  readonly channel: number;
  readonly frame: Uint8Array;
}

const CONTROL = 0;
const TYPES = ['open', 'opened', 'closed', 'ping', 'pong'] as const satisfies readonly Control['type'][];

export const encodeChannelFrame = (channel: number, frame: Uint8Array): Uint8Array =>
  encodeNumbersAnd(frame, channel);

export function encodeControl(control: Control): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, CONTROL);
  encoding.writeVarUint(encoder, TYPES.indexOf(control.type));
  if ('channel' in control) encoding.writeVarUint(encoder, control.channel);
  if (control.type === 'open') encoding.writeVarString(encoder, control.name);
  if (control.type === 'closed') {
    encoding.writeVarUint(encoder, control.code);
    encoding.writeVarString(encoder, control.reason);
  }
  return encoding.toUint8Array(encoder);
}

/** Reads one message of a channel socket. Corrupt bytes give a `FrameError`; the stock frame inside is not looked at. */
export function decodeChannelMessage(bytes: Uint8Array): ChannelFrame | Control | FrameError {
  return readAll(bytes, 'channel message', (decoder): ChannelFrame | Control | FrameError => {
    const channel = decoding.readVarUint(decoder);
    if (channel !== CONTROL) return { type: 'frame', channel, frame: decoding.readTailAsUint8Array(decoder) };
    const kind = decoding.readVarUint(decoder);
    const type = TYPES[kind];
    switch (type) {
      case undefined:
        return new FrameError('unknown-type', `control message ${kind} is not known`);
      case 'ping':
        return { type };
      case 'pong':
        return { type };
      case 'opened':
        return { type, channel: readChannel(decoder) };
      case 'open':
        return { type, channel: readChannel(decoder), name: decoding.readVarString(decoder) };
      case 'closed': {
        const closing = readChannel(decoder);
        const code = decoding.readVarUint(decoder);
        return { type, channel: closing, code, reason: decoding.readVarString(decoder) };
      }
      default:
        return unreachable(type);
    }
  });
}

function readChannel(decoder: decoding.Decoder): number {
  const channel = decoding.readVarUint(decoder);
  if (channel === CONTROL) throw new RangeError('channel 0 is the control channel');
  return channel;
}
