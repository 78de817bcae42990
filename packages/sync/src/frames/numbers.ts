import * as encoding from 'lib0/encoding';

/** One for all: a new encoder takes a buffer outside of the heap, which costs more than what is written. */
const encoder = encoding.createEncoder();

/** A few numbers as varints, one after another. */
export function encodeNumbers(...numbers: readonly number[]): Uint8Array {
  encoder.cpos = 0;
  encoder.bufs = [];
  for (const number of numbers) encoding.writeVarUint(encoder, number);
  return encoding.toUint8Array(encoder);
}

/** The same, with bytes behind them. */
export function encodeNumbersAnd(bytes: Uint8Array, ...numbers: readonly number[]): Uint8Array {
  const head = encodeNumbers(...numbers);
  const whole = new Uint8Array(head.length + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length);
  return whole;
}
