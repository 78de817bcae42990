import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { NotPacked } from './columns.ts';
import type { ByteColumn, NumberColumn } from './columns.ts';
import { walkUpdate } from './grammar.ts';
import type { Tape } from './grammar.ts';
import { TAG } from './tags.ts';
import type { TextColumns } from './text-columns.ts';
import { UnpackColumns } from './unpack-columns.ts';

const FORM = 1;
/** Beyond this a number of an update is a float. */
const MOST_INT = 2 ** 31 - 1;

/**
 * The update that was packed, byte for byte. Throws on anything that was not packed whole, and on an update longer
 * than `atMost` bytes: what comes over a network decides nothing about memory here.
 */
export function unpackState(packed: Uint8Array, atMost: number): Uint8Array {
  const decoder = decoding.createDecoder(packed);
  if (decoding.readVarUint(decoder) !== FORM) throw new NotPacked('the form is not known here');
  const length = decoding.readVarUint(decoder);
  if (length > atMost) throw new NotPacked(`an update of ${length} bytes is too long`);
  const tape = new UnpackTape(new UnpackColumns(decoder), length);
  walkUpdate(tape);
  return tape.update();
}

class UnpackTape implements Tape {
  readonly columns: UnpackColumns;
  readonly #to: Uint8Array;
  #at = 0;

  constructor(columns: UnpackColumns, length: number) {
    this.columns = columns;
    this.#to = new Uint8Array(length);
  }

  update(): Uint8Array {
    if (this.#at !== this.#to.length) throw new NotPacked('the update is too short');
    return this.#to;
  }

  nextRow(): void {
    this.columns.row += 1;
  }

  byte(column: NumberColumn): number {
    const value = column.move(0);
    this.#write(value);
    return value;
  }

  uint(column: NumberColumn): number {
    const value = column.move(0);
    if (value < 0) throw new NotPacked('a count is negative');
    this.#writeUint(value);
    return value;
  }

  text(columns: TextColumns): void {
    this.#writeText(columns.take());
  }

  kind(column: NumberColumn): number {
    const kind = column.move(0);
    const tag = TAG_OF[kind];
    if (tag === undefined) throw new NotPacked(`kind ${kind} is not known`);
    if (tag !== null) this.#write(tag);
    return kind;
  }

  whole(column: NumberColumn): void {
    const value = column.move(0);
    if (Math.abs(value) > MOST_INT) return this.#writeLarge(value);
    // as lib0 does: seven bits a byte, of which the first gives one to the sign
    this.#write(TAG.int);
    let rest = Math.abs(value);
    this.#write((rest > 63 ? 128 : 0) | (value < 0 ? 64 : 0) | (rest & 63));
    for (rest >>>= 6; rest > 0; rest >>>= 7) this.#write((rest > 127 ? 128 : 0) | (rest & 127));
  }

  textValue(columns: TextColumns): void {
    this.#write(TAG.text);
    this.#writeText(columns.take());
  }

  other(lengths: NumberColumn, bytes: ByteColumn): void {
    const value = bytes.take(lengths.move(0));
    // a list of so many nothings would never end
    if (value.length === 0) throw new NotPacked('a value has no bytes');
    this.#writeBytes(value);
  }

  #writeLarge(value: number): void {
    const encoder = encoding.createEncoder();
    encoding.writeAny(encoder, value);
    this.#writeBytes(encoding.toUint8Array(encoder));
  }

  #write(byte: number): void {
    if (this.#at >= this.#to.length) throw new NotPacked('the update is too long');
    this.#to[this.#at++] = byte;
  }

  #writeUint(value: number): void {
    let rest = value;
    for (; rest > 127; rest = Math.floor(rest / 128)) this.#write(128 | (rest % 128));
    this.#write(rest);
  }

  #writeText(text: Uint8Array): void {
    this.#writeUint(text.length);
    this.#writeBytes(text);
  }

  #writeBytes(bytes: Uint8Array): void {
    if (this.#at + bytes.length > this.#to.length) throw new NotPacked('the update is too long');
    this.#to.set(bytes, this.#at);
    this.#at += bytes.length;
  }
}

/** The byte that a kind stands for in an update; null where the value brings its own. */
const TAG_OF: readonly (number | null)[] = [
  null,
  null,
  TAG.list,
  TAG.null,
  TAG.undefined,
  TAG.yes,
  TAG.no,
  null,
];
