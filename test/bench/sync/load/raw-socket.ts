/**
 * A WebSocket client that costs the generator next to nothing: frames are cut out of what a read brings, and what is
 * sent within a turn goes out in one write. Only what servers of the bench use: binary frames, pings, closes.
 */
import { randomBytes } from 'node:crypto';
import { request } from 'node:http';
import type { Socket } from 'node:net';

const OPCODE = 0x0f;
const BINARY = 0x2;
const CLOSE = 0x8;
const PING = 0x9;
const PONG = 0xa;
const FINAL = 0x80;
const MASKED = 0x80;
const MASK = Buffer.from([0x5a, 0xc3, 0x99, 0x17]);
const NOTHING = Buffer.alloc(0);

export interface RawSocketEvents {
  /** One binary frame. The bytes are the reader's until it returns. */
  readonly frame: (bytes: Buffer) => void;
  readonly closed: (code: number, reason: string) => void;
}

export class RawSocket {
  readonly #stream: Socket;
  readonly #events: RawSocketEvents;
  #rest: Buffer = NOTHING;
  #outgoing: Buffer[] = [];
  #closed = false;

  private constructor(stream: Socket, head: Buffer, events: RawSocketEvents) {
    this.#stream = stream;
    this.#events = events;
    stream.setNoDelay(true);
    stream.on('error', () => undefined);
    stream.on('close', () => this.#end(1006, 'the connection went'));
    // servers speak with their first packet: whoever awaits this socket has it by then
    setImmediate(() => {
      if (head.length > 0) this.#read(head);
      stream.on('data', (chunk: Buffer) => this.#read(chunk));
    });
  }

  static open(address: string, cookie: string | undefined, events: RawSocketEvents): Promise<RawSocket> {
    return new Promise((resolve, reject) => {
      const upgrade = request(address.replace(/^ws/, 'http'), {
        agent: false,
        headers: {
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': randomBytes(16).toString('base64'),
          ...(cookie !== undefined && { cookie }),
        },
      });
      upgrade.on('upgrade', (_, stream, head) => resolve(new RawSocket(stream as Socket, head, events)));
      upgrade.on('response', ({ statusCode }) => reject(new Error(`the upgrade was answered ${statusCode}`)));
      upgrade.on('error', reject);
      upgrade.end();
    });
  }

  get bytesRead(): number {
    return this.#stream.bytesRead;
  }

  /** Goes out with the next `flush`. */
  queue(payload: Uint8Array): void {
    this.#outgoing.push(maskedFrame(BINARY, payload));
  }

  flush(): void {
    if (this.#closed || this.#outgoing.length === 0) return;
    this.#stream.write(
      this.#outgoing.length === 1 ? (this.#outgoing[0] as Buffer) : Buffer.concat(this.#outgoing),
    );
    this.#outgoing = [];
  }

  send(payload: Uint8Array): void {
    this.queue(payload);
    this.flush();
  }

  /** Lets the connection go without a word, as a lost network does. */
  destroy(): void {
    this.#closed = true;
    this.#stream.destroy();
  }

  #read(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let at = 0;
    while (!this.#closed) {
      const end = this.#readFrame(bytes, at);
      if (end === null) break;
      at = end;
    }
    // a copy, so that a few bytes do not hold the whole read
    this.#rest = at === bytes.length ? NOTHING : Buffer.from(bytes.subarray(at));
  }

  /** Reads the frame at `at` and gives the place after it; null when it is not all there. */
  #readFrame(bytes: Buffer, at: number): number | null {
    if (bytes.length < at + 2) return null;
    let length = bytes[at + 1] as number;
    let from = at + 2;
    if (length === 126) {
      if (bytes.length < at + 4) return null;
      length = bytes.readUInt16BE(from);
      from += 2;
    } else if (length === 127) {
      if (bytes.length < at + 10) return null;
      length = bytes.readUIntBE(from + 2, 6);
      from += 8;
    }
    if (bytes.length < from + length) return null;
    this.#take((bytes[at] as number) & OPCODE, bytes.subarray(from, from + length));
    return from + length;
  }

  #take(opcode: number, payload: Buffer): void {
    if (opcode === BINARY) this.#events.frame(payload);
    else if (opcode === PING) this.#stream.write(maskedFrame(PONG, payload));
    else if (opcode === CLOSE) {
      const code = payload.length >= 2 ? payload.readUInt16BE(0) : 1005;
      this.#stream.end(maskedFrame(CLOSE, payload));
      this.#end(code, payload.toString('utf8', 2));
    }
  }

  #end(code: number, reason: string): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#events.closed(code, reason);
  }
}

function maskedFrame(opcode: number, payload: Uint8Array): Buffer {
  const { length } = payload;
  const headLength = length < 126 ? 2 : length <= 0xffff ? 4 : 10;
  const frame = Buffer.allocUnsafe(headLength + 4 + length);
  frame[0] = FINAL | opcode;
  if (headLength === 2) frame[1] = MASKED | length;
  else if (headLength === 4) {
    frame[1] = MASKED | 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = MASKED | 127;
    frame.writeUInt16BE(0, 2);
    frame.writeUIntBE(length, 4, 6);
  }
  frame.set(MASK, headLength);
  const from = headLength + 4;
  for (let index = 0; index < length; index += 1)
    frame[from + index] = (payload[index] as number) ^ (MASK[index & 3] as number);
  return frame;
}
