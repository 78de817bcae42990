/**
 * The form of a Yjs update (version 1), gone through once for both directions: what `tape` reads or writes is its
 * business. Updates of documents that the server writes hold plain values only; anything else does not pack.
 */
import { CellColumns, KIND } from './cells.ts';
import { NotPacked } from './columns.ts';
import type { ByteColumn, ColumnSource, NumberColumn } from './columns.ts';
import { TextColumns } from './text-columns.ts';

/** Moves one part of an update into its column or out of it, and says what it was. */
export interface Tape {
  readonly columns: ColumnSource;
  /** Begins the next structure: numbers of one structure foretell one another. */
  nextRow(): void;
  byte(column: NumberColumn): number;
  uint(column: NumberColumn): number;
  text(columns: TextColumns): void;
  /** What the next value is. */
  kind(column: NumberColumn): number;
  whole(column: NumberColumn): void;
  textValue(columns: TextColumns): void;
  /** A value that is kept as its bytes. */
  other(lengths: NumberColumn, bytes: ByteColumn): void;
}

/** Bits of a structure's first byte, as Yjs has them. */
const HAS_ORIGIN = 0x80;
const HAS_RIGHT_ORIGIN = 0x40;
const HAS_KEY = 0x20;
const CONTENT = 0x1f;
const GONE = 0;
const DELETED = 1;
const VALUES = 8;
const SKIP = 10;

const DEEPEST = 16;

export function walkUpdate(tape: Tape): void {
  const at = new UpdateColumns(tape.columns);
  const clients = tape.uint(at.counts);
  for (let client = 0; client < clients; client += 1) {
    const structures = tape.uint(at.counts);
    tape.uint(at.clients);
    tape.uint(at.clocks);
    for (let each = 0; each < structures; each += 1) walkStructure(tape, at);
  }
  const deleting = tape.uint(at.counts);
  for (let client = 0; client < deleting; client += 1) {
    tape.uint(at.clients);
    const ranges = tape.uint(at.counts);
    for (let range = 0; range < ranges; range += 1) {
      tape.nextRow();
      tape.uint(at.deletedFrom);
      tape.uint(at.deletedLength);
    }
  }
}

class UpdateColumns {
  readonly counts: NumberColumn;
  readonly clients: NumberColumn;
  readonly clocks: NumberColumn;
  readonly infos: NumberColumn;
  readonly originClients: NumberColumn;
  readonly originClocks: NumberColumn;
  readonly parentKinds: NumberColumn;
  readonly parents: TextColumns;
  readonly keys: TextColumns;
  readonly lengths: NumberColumn;
  readonly valueCounts: NumberColumn;
  readonly values: CellColumns;
  readonly deletedFrom: NumberColumn;
  readonly deletedLength: NumberColumn;

  constructor(source: ColumnSource) {
    this.counts = source.numbers();
    this.clients = source.numbers();
    this.clocks = source.numbers();
    this.infos = source.numbers();
    this.originClients = source.numbers();
    this.originClocks = source.numbers();
    this.parentKinds = source.numbers();
    this.parents = new TextColumns(source);
    this.keys = new TextColumns(source);
    this.lengths = source.numbers();
    this.valueCounts = source.numbers();
    this.values = new CellColumns(source);
    this.deletedFrom = source.numbers();
    this.deletedLength = source.numbers();
  }
}

function walkStructure(tape: Tape, at: UpdateColumns): void {
  tape.nextRow();
  const info = tape.byte(at.infos);
  const content = info & CONTENT;
  if (content === GONE || content === SKIP) return void tape.uint(at.lengths);
  if ((info & HAS_ORIGIN) !== 0) walkId(tape, at);
  if ((info & HAS_RIGHT_ORIGIN) !== 0) walkId(tape, at);
  if ((info & (HAS_ORIGIN | HAS_RIGHT_ORIGIN)) === 0) {
    if (tape.uint(at.parentKinds) === 1) tape.text(at.parents);
    else walkId(tape, at);
    if ((info & HAS_KEY) !== 0) tape.text(at.keys);
  }
  if (content === DELETED) return void tape.uint(at.lengths);
  if (content !== VALUES) throw new NotPacked(`content ${content} does not pack`);
  const count = tape.uint(at.valueCounts);
  for (let each = 0; each < count; each += 1) walkValue(tape, at.values, 0);
}

function walkId(tape: Tape, at: UpdateColumns): void {
  tape.uint(at.originClients);
  tape.uint(at.originClocks);
}

function walkValue(tape: Tape, cells: CellColumns, depth: number): void {
  switch (tape.kind(cells.kinds)) {
    case KIND.whole:
      return tape.whole(cells.numbers);
    case KIND.text:
      return tape.textValue(cells.texts);
    case KIND.list: {
      if (depth === DEEPEST) throw new NotPacked('lists are too deep');
      const length = tape.uint(cells.lengths);
      for (let index = 0; index < length; index += 1) walkValue(tape, cells.item(index), depth + 1);
      return;
    }
    case KIND.other:
      return tape.other(cells.lengths, cells.bytes);
  }
}
