import * as decoding from 'lib0/decoding';
import { BYTES, NUMBERS, NotPacked } from './columns.ts';
import type { ByteColumn, ColumnSource, NumberColumn } from './columns.ts';
import { FROM_BEFORE, FROM_COLUMNS, FROM_NOTHING } from './prediction.ts';

interface Head {
  readonly kind: number;
  /** Numbers of the column, or its bytes. */
  readonly length: number;
  readonly mode: number;
  readonly scale: number;
  readonly planes: number;
}

/** All columns of one packed update, handed out in the order in which the packer made them. */
export class UnpackColumns implements ColumnSource {
  readonly #bytes: Uint8Array;
  readonly #heads: readonly Head[];
  readonly #made: UnpackNumbers[] = [];
  #from: number;
  #next = 0;
  row = 0;

  /** Reads the heads; the bodies are the rest of the decoder's bytes. */
  constructor(decoder: decoding.Decoder) {
    this.#bytes = decoder.arr;
    const count = decoding.readVarUint(decoder);
    const heads: Head[] = [];
    for (let index = 0; index < count; index += 1) heads.push(readHead(decoder));
    this.#heads = heads;
    this.#from = decoder.pos;
    const bodies = heads.reduce((sum, { length, planes }) => sum + length * planes, 0);
    if (decoder.pos + bodies !== this.#bytes.length)
      throw new NotPacked('the columns are not of their length');
  }

  numbers(): NumberColumn {
    const head = this.#takeHead(NUMBERS);
    const column = new UnpackNumbers(this, head, this.#takeBody(head));
    this.#made.push(column);
    return column;
  }

  bytes(): ByteColumn {
    return new UnpackBytes(this.#takeBody(this.#takeHead(BYTES)));
  }

  /** The number column that was made as the nth; null while there is none. */
  made(index: number): UnpackNumbers | null {
    return this.#made[index] ?? null;
  }

  #takeHead(kind: number): Head {
    const head = this.#heads[this.#next++];
    if (head?.kind !== kind) throw new NotPacked('a column is not of its kind');
    return head;
  }

  #takeBody({ length, planes }: Head): Uint8Array {
    const from = this.#from;
    this.#from += length * planes;
    return this.#bytes.subarray(from, this.#from);
  }
}

function readHead(decoder: decoding.Decoder): Head {
  const uint = (): number => decoding.readVarUint(decoder);
  const kind = uint();
  const length = uint();
  if (kind === BYTES) return { kind, length, mode: FROM_NOTHING, scale: 1, planes: 1 };
  return { kind, length, mode: uint(), scale: uint(), planes: uint() };
}

class UnpackNumbers implements NumberColumn {
  readonly #set: UnpackColumns;
  readonly #head: Head;
  readonly #planes: Uint8Array;
  readonly #remembered = new Map<number, number>();
  #other: UnpackNumbers | null = null;
  #at = 0;
  last = 0;
  lastRow = -1;

  constructor(set: UnpackColumns, head: Head, planes: Uint8Array) {
    this.#set = set;
    this.#head = head;
    this.#planes = planes;
  }

  move(): number {
    const { length, planes, scale } = this.#head;
    const at = this.#at++;
    if (at >= length) throw new NotPacked('a column has ended');
    let part = 0;
    for (let plane = planes - 1; plane >= 0; plane -= 1) {
      part = part * 256 + (this.#planes[plane * length + at] ?? 0);
    }
    const residual = (part % 2 === 1 ? -(part + 1) / 2 : part / 2) * scale;
    this.last = this.#foretold(residual);
    this.lastRow = this.#set.row;
    return this.last;
  }

  /** The number of which this much was not foretold (see prediction.ts). */
  #foretold(residual: number): number {
    const { mode } = this.#head;
    if (mode === FROM_NOTHING) return residual;
    if (mode === FROM_BEFORE) return residual + this.last;
    this.#other ??= this.#set.made((mode - FROM_COLUMNS) >> 1);
    const other = this.#other;
    if (other?.lastRow !== this.#set.row) return residual + this.last;
    if (mode % 2 === 0) return residual + other.last;
    const value = residual + (this.#remembered.get(other.last) ?? this.last);
    this.#remembered.set(other.last, value);
    return value;
  }
}

class UnpackBytes implements ByteColumn {
  readonly #body: Uint8Array;
  #at = 0;

  constructor(body: Uint8Array) {
    this.#body = body;
  }

  put(): never {
    throw new Error('a column that is being emptied takes nothing');
  }

  take(length: number): Uint8Array {
    const from = this.#at;
    this.#at += length;
    if (!(length >= 0) || this.#at > this.#body.length) throw new NotPacked('a column has ended');
    return this.#body.subarray(from, this.#at);
  }
}
