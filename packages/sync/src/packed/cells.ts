import type { ByteColumn, ColumnSource, NumberColumn } from './columns.ts';
import { TextColumns } from './text-columns.ts';

/** What a value is, as its column of kinds has it. */
export const KIND = { whole: 0, text: 1, list: 2, null: 3, undefined: 4, yes: 5, no: 6, other: 7 } as const;

/** Items of a list that have columns of their own; those after share the last. */
const ITEMS = 64;

/**
 * The columns of all values that stand in one place: first of a row, third of a list that is second of a row.
 * Each is made when the first value of its kind comes.
 */
export class CellColumns {
  readonly #source: ColumnSource;
  readonly kinds: NumberColumn;
  readonly #items: CellColumns[] = [];
  #numbers: NumberColumn | null = null;
  #texts: TextColumns | null = null;
  #lengths: NumberColumn | null = null;
  #bytes: ByteColumn | null = null;

  constructor(source: ColumnSource) {
    this.#source = source;
    this.kinds = source.numbers();
  }

  get numbers(): NumberColumn {
    return (this.#numbers ??= this.#source.numbers());
  }

  get texts(): TextColumns {
    return (this.#texts ??= new TextColumns(this.#source));
  }

  /** Of lists, and of values that are kept as their bytes. */
  get lengths(): NumberColumn {
    return (this.#lengths ??= this.#source.numbers());
  }

  get bytes(): ByteColumn {
    return (this.#bytes ??= this.#source.bytes());
  }

  item(index: number): CellColumns {
    const at = Math.min(index, ITEMS - 1);
    return (this.#items[at] ??= new CellColumns(this.#source));
  }
}
