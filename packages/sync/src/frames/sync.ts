import * as decoding from 'lib0/decoding';
import { encodeNumbersAnd } from './numbers.ts';
import { FrameError } from './reader.ts';

/** Message type 0 of y-protocols: what the sender has (step 1), what the other lacks (step 2), what happened since. */
export const SYNC = 0;

export interface StepOne {
  readonly type: 'step-1';
  readonly stateVector: Uint8Array;
}

export interface StepTwo {
  readonly type: 'step-2';
  readonly update: Uint8Array;
}

export interface Update {
  readonly type: 'update';
  readonly update: Uint8Array;
}

const STEPS = ['step-1', 'step-2', 'update'] as const;

export const encodeStepOne = (stateVector: Uint8Array): Uint8Array => encodeSync(0, stateVector);
export const encodeStepTwo = (update: Uint8Array): Uint8Array => encodeSync(1, update);
export const encodeUpdate = (update: Uint8Array): Uint8Array => encodeSync(2, update);

export function readSync(decoder: decoding.Decoder): StepOne | StepTwo | Update | FrameError {
  const step = decoding.readVarUint(decoder);
  const type = STEPS[step];
  if (type === undefined) return new FrameError('unknown-type', `sync step ${step} is not known`);
  const payload = decoding.readVarUint8Array(decoder);
  if (payload.length === 0) return new FrameError('malformed', `${type} carries nothing`);
  return type === 'step-1' ? { type, stateVector: payload } : { type, update: payload };
}

function encodeSync(step: number, payload: Uint8Array): Uint8Array {
  return encodeNumbersAnd(payload, SYNC, step, payload.length);
}
