import * as decoding from 'lib0/decoding';

/** What is wrong with a frame. Returned, not thrown: corrupt bytes are ordinary. */
export class FrameError {
  readonly code: 'empty' | 'truncated' | 'malformed' | 'trailing-bytes' | 'unknown-type';
  readonly text: string;

  constructor(code: FrameError['code'], text: string) {
    this.code = code;
    this.text = text;
  }
}

/** Runs a decoder over bytes to their end. Whatever the bytes are, the answer is a value or a `FrameError`. */
export function readAll<Value>(
  bytes: Uint8Array,
  what: string,
  read: (decoder: decoding.Decoder) => Value | FrameError,
): Value | FrameError {
  if (bytes.length === 0) return new FrameError('empty', `${what} has no bytes`);
  const decoder = decoding.createDecoder(bytes);
  try {
    const value = read(decoder);
    if (value instanceof FrameError) return value;
    return decoding.hasContent(decoder)
      ? new FrameError('trailing-bytes', `${what} has ${bytes.length - decoder.pos} bytes too many`)
      : value;
  } catch (cause) {
    return new FrameError('truncated', `${what} ends or breaks at byte ${decoder.pos}: ${String(cause)}`);
  }
}
