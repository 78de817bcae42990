import * as decoding from 'lib0/decoding';
import { ACK, readAck } from './ack.ts';
import type { Ack } from './ack.ts';
import { AUTH, readAuth } from './auth.ts';
import type { Denied } from './auth.ts';
import { AWARENESS, QUERY_AWARENESS, readAwareness } from './awareness.ts';
import type { Awareness, QueryAwareness } from './awareness.ts';
import { HELLO, readHello } from './hello.ts';
import type { Hello } from './hello.ts';
import { NACK, readNack } from './nack.ts';
import type { Nack } from './nack.ts';
import { FrameError, readAll } from './reader.ts';
import { RESET, readReset } from './reset.ts';
import type { Reset } from './reset.ts';
import { STATE, readState } from './state.ts';
import type { State } from './state.ts';
import { SYNC, readSync } from './sync.ts';
import type { StepOne, StepTwo, Update } from './sync.ts';

/** Frames that any y-websocket client and server exchange. */
export type StockFrame = StepOne | StepTwo | Update | Awareness | QueryAwareness | Denied;

/** Frames that only a client with `?ext=1` gets, STATE with `?ext=2`: types from 112 up (SYN-4). */
export type ExtensionFrame = Hello | Ack | Nack | Reset | State;

export type Frame = StockFrame | ExtensionFrame;

const FIRST_EXTENSION = 112;

/** Whether a frame must be kept from a stock provider, which does not know its type. */
export function isExtension(bytes: Uint8Array): boolean {
  return (bytes[0] ?? 0) >= FIRST_EXTENSION;
}

/** Reads one frame. Corrupt bytes give a `FrameError` and never throw; the Yjs bytes inside are not looked at. */
export function decodeFrame(bytes: Uint8Array): Frame | FrameError {
  return readAll<Frame>(bytes, 'frame', readFrame);
}

function readFrame(decoder: decoding.Decoder): Frame | FrameError {
  const type = decoding.readVarUint(decoder);
  switch (type) {
    case SYNC:
      return readSync(decoder);
    case AWARENESS:
      return readAwareness(decoder);
    case AUTH:
      return readAuth(decoder);
    case QUERY_AWARENESS:
      return { type: 'query-awareness' };
    case HELLO:
      return readHello(decoder);
    case ACK:
      return readAck(decoder);
    case NACK:
      return readNack(decoder);
    case RESET:
      return readReset(decoder);
    case STATE:
      return readState(decoder);
    default:
      return new FrameError('unknown-type', `message type ${type} is not known`);
  }
}
