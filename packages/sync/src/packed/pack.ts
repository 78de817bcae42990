import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { KIND } from './cells.ts';
import { MOST } from './columns.ts';
import type { ByteColumn, NumberColumn } from './columns.ts';
import { walkUpdate } from './grammar.ts';
import type { Tape } from './grammar.ts';
import { PackColumns } from './pack-columns.ts';
import { TAG } from './tags.ts';
import type { TextColumns } from './text-columns.ts';
import { unpackState } from './unpack.ts';

/** Raised with every change of the packed form, which no store keeps: both ends of a connection agree or go the plain way. */
export const PACKED_FORM = 1;

/**
 * An update as columns: numbers beside like numbers, each less what the others foretell of it, strings once.
 * It is made to be compressed. Null when the update does not come back from it byte for byte. Takes tens of
 * milliseconds a megabyte: not for a thread that anybody waits for.
 */
export function packState(update: Uint8Array): Uint8Array | null {
  try {
    const tape = new PackTape(update);
    walkUpdate(tape);
    if (decoding.hasContent(tape.from)) return null;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, PACKED_FORM);
    encoding.writeVarUint(encoder, update.length);
    tape.columns.write(encoder);
    const packed = encoding.toUint8Array(encoder);
    return sameBytes(unpackState(packed, update.length), update) ? packed : null;
  } catch {
    // an update of another form, or bytes that are none
    return null;
  }
}

class PackTape implements Tape {
  readonly columns = new PackColumns();
  readonly from: decoding.Decoder;

  constructor(update: Uint8Array) {
    this.from = decoding.createDecoder(update);
  }

  nextRow(): void {
    this.columns.row += 1;
  }

  byte(column: NumberColumn): number {
    return column.move(decoding.readUint8(this.from));
  }

  uint(column: NumberColumn): number {
    return column.move(decoding.readVarUint(this.from));
  }

  text(columns: TextColumns): void {
    columns.put(decoding.readVarString(this.from));
  }

  kind(column: NumberColumn): number {
    return column.move(this.#kindAhead());
  }

  whole(column: NumberColumn): void {
    column.move(decoding.readAny(this.from) as number);
  }

  textValue(columns: TextColumns): void {
    columns.put(decoding.readAny(this.from) as string);
  }

  other(lengths: NumberColumn, bytes: ByteColumn): void {
    const start = this.from.pos;
    decoding.readAny(this.from);
    lengths.move(this.from.pos - start);
    bytes.put(this.from.arr.subarray(start, this.from.pos));
  }

  /** Tells the next value's kind; the tag is passed over where the kind says it all. */
  #kindAhead(): number {
    const { from } = this;
    switch (from.arr[from.pos]) {
      case TAG.int:
        return KIND.whole;
      case TAG.float64:
      case TAG.float32: {
        const value = decoding.readAny(decoding.clone(from)) as number;
        return Number.isInteger(value) && Math.abs(value) < MOST ? KIND.whole : KIND.other;
      }
      case TAG.text:
        return KIND.text;
      case TAG.list:
        from.pos += 1;
        return KIND.list;
      case TAG.null:
        from.pos += 1;
        return KIND.null;
      case TAG.undefined:
        from.pos += 1;
        return KIND.undefined;
      case TAG.yes:
        from.pos += 1;
        return KIND.yes;
      case TAG.no:
        from.pos += 1;
        return KIND.no;
      default:
        return KIND.other;
    }
  }
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false;
  return true;
}
