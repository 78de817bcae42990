/** Columns as the grammar of updates sees them: the same calls fill them when packing and empty them when unpacking. */

/** A whole number beyond this is not taken apart: differences of two must stay exact. */
export const MOST = 2 ** 51;

/** What a column's head begins with. */
export const NUMBERS = 0;
export const BYTES = 1;

export interface NumberColumn {
  /** Packing keeps the value and gives it back; unpacking gives the next value, whatever is said here. */
  move(value: number): number;
}

export interface ByteColumn {
  put(bytes: Uint8Array): void;
  take(length: number): Uint8Array;
}

/** Where columns come from. Both directions ask for them in the same order, so they need no names. */
export interface ColumnSource {
  numbers(): NumberColumn;
  bytes(): ByteColumn;
}

/** An update that does not pack, or bytes that do not unpack. Ordinary: the plain way is always there. */
export class NotPacked extends Error {
  override readonly name = 'NotPacked';
}

/** A column being filled: its numbers, the structure that each belongs to, and when in the whole each came. */
export interface ColumnLog {
  readonly values: number[];
  readonly rows: number[];
  readonly steps: number[];
}
