/**
 * Messages as they lie on the wire (RFC 6455, 5.2): binary, whole, unmasked as a server's are, without extensions.
 * Frames of a server are the same for everybody, so that a message for many sockets is framed once.
 */

const BINARY_AND_LAST = 0x82;
/** Up to here a message is copied into the one write of its socket; above it is framed once and shared. */
const COPIED_BYTES = 1024;

/** Framed messages, as long as somebody holds the message. */
const framed = new WeakMap<Uint8Array, Buffer>();

/** The bytes of some messages, as few pieces as pays. */
export function framesOf(messages: readonly Uint8Array[]): readonly Buffer[] {
  const pieces: Buffer[] = [];
  let small: Uint8Array[] = [];
  for (const message of messages) {
    if (message.length <= COPIED_BYTES) {
      small.push(message);
      continue;
    }
    if (small.length > 0) pieces.push(frameAll(small));
    small = [];
    pieces.push(framedOnce(message));
  }
  if (small.length > 0) pieces.push(frameAll(small));
  return pieces;
}

function framedOnce(message: Uint8Array): Buffer {
  let frame = framed.get(message);
  if (frame === undefined) {
    frame = frameAll([message]);
    framed.set(message, frame);
  }
  return frame;
}

function frameAll(messages: readonly Uint8Array[]): Buffer {
  let size = 0;
  for (const { length } of messages) size += headerBytes(length) + length;
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  for (const message of messages) {
    at = writeHeader(bytes, at, message.length);
    bytes.set(message, at);
    at += message.length;
  }
  return bytes;
}

function headerBytes(length: number): number {
  if (length < 126) return 2;
  return length < 65_536 ? 4 : 10;
}

/** Writes a frame's header; answers where its payload begins. */
function writeHeader(bytes: Buffer, at: number, length: number): number {
  bytes[at] = BINARY_AND_LAST;
  if (length < 126) {
    bytes[at + 1] = length;
    return at + 2;
  }
  if (length < 65_536) {
    bytes[at + 1] = 126;
    return bytes.writeUInt16BE(length, at + 2);
  }
  bytes[at + 1] = 127;
  return bytes.writeUInt32BE(length, bytes.writeUInt32BE(0, at + 2));
}
