/**
 * Updates of one typist, written by hand: unit 0 is a text of its own at the head of the room's timeline, each
 * further one a character typed at its end. Valid Yjs V1, one unit of the client's clock an update, so that whatever
 * a server merges can be counted by clocks.
 */
import * as encoding from 'lib0/encoding';

const TYPE = 7;
const STRING = 4;
const HAS_ORIGIN = 0x80;
const Y_TEXT = 2;
const ROOT = 'timeline';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz ';

/** The update that brings the client's clock from `clock` to `clock + count`. */
export function writeUpdate(client: number, clock: number, count = 1): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarUint(encoder, count);
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
  for (let at = clock; at < clock + count; at += 1) writeStruct(encoder, client, at);
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

function writeStruct(encoder: encoding.Encoder, client: number, clock: number): void {
  if (clock === 0) {
    encoding.writeUint8(encoder, TYPE);
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, ROOT);
    encoding.writeVarUint(encoder, Y_TEXT);
    return;
  }
  if (clock === 1) {
    encoding.writeUint8(encoder, STRING);
    encoding.writeVarUint(encoder, 0);
    writeId(encoder, client, 0);
  } else {
    encoding.writeUint8(encoder, STRING | HAS_ORIGIN);
    writeId(encoder, client, clock - 1);
  }
  encoding.writeVarString(encoder, LETTERS[clock % LETTERS.length] as string);
}

function writeId(encoder: encoding.Encoder, client: number, clock: number): void {
  encoding.writeVarUint(encoder, client);
  encoding.writeVarUint(encoder, clock);
}

const HAS_RIGHT_ORIGIN = 0x40;
const HAS_KEY = 0x20;
const KIND = 0x1f;
const GC = 0;
const SKIP = 10;
const XML_ELEMENT = 3;
const PARENT_IS_ROOT = 1;

/**
 * Tells of each client in an update where its clock stands after it: (client, clock). Reads no more than the
 * updates above need, merged or not, in any number and with the room's own first words or without.
 */
export function readClocks(
  bytes: Uint8Array,
  from: number,
  each: (client: number, clock: number) => void,
): void {
  const reader = new Reader(bytes, from);
  const clients = reader.varUint();
  for (let index = 0; index < clients; index += 1) {
    const structs = reader.varUint();
    const client = reader.varUint();
    let clock = reader.varUint();
    for (let struct = 0; struct < structs; struct += 1) clock += reader.struct();
    each(client, clock);
  }
}

class Reader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at: number) {
    this.#bytes = bytes;
    this.#at = at;
  }

  varUint(): number {
    let value = 0;
    let factor = 1;
    for (;;) {
      const byte = this.#bytes[this.#at] as number;
      this.#at += 1;
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
      factor *= 128;
    }
  }

  /** Passes a struct and gives its length in units of the clock. */
  struct(): number {
    const info = this.#bytes[this.#at] as number;
    this.#at += 1;
    const kind = info & KIND;
    if (kind === GC || kind === SKIP) return this.varUint();
    if ((info & HAS_ORIGIN) !== 0) this.#passId();
    if ((info & HAS_RIGHT_ORIGIN) !== 0) this.#passId();
    if ((info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) === 0) {
      if (this.varUint() === PARENT_IS_ROOT) this.#passString();
      else this.#passId();
      if ((info & HAS_KEY) !== 0) this.#passString();
    }
    if (kind === STRING) return this.#passString();
    if (kind === TYPE) {
      if (this.varUint() === XML_ELEMENT) this.#passString();
      return 1;
    }
    throw new Error(`the bench writes no structs of kind ${kind}`);
  }

  #passId(): void {
    this.varUint();
    this.varUint();
  }

  /** The generators write ASCII: as many units as bytes. */
  #passString(): number {
    const length = this.varUint();
    this.#at += length;
    return length;
  }
}
