import * as encoding from 'lib0/encoding';
import { BYTES, MOST, NUMBERS, NotPacked } from './columns.ts';
import type { ByteColumn, ColumnLog, ColumnSource, NumberColumn } from './columns.ts';
import { bestPrediction } from './prediction.ts';

/** All columns of one update, filled as it is read and then written one after another. */
export class PackColumns implements ColumnSource {
  readonly #all: (PackNumbers | PackBytes)[] = [];
  row = 0;
  step = 0;

  numbers(): NumberColumn {
    return this.#add(new PackNumbers(this));
  }

  bytes(): ByteColumn {
    return this.#add(new PackBytes());
  }

  /** Heads of all columns, then their bodies: like stands beside like, which is what a compressor wants. */
  write(encoder: encoding.Encoder): void {
    const numbers = this.#all.filter((column) => column instanceof PackNumbers);
    const bodies: Uint8Array[] = [];
    encoding.writeVarUint(encoder, this.#all.length);
    for (const column of this.#all) bodies.push(...column.close(encoder, numbers));
    for (const body of bodies) encoding.writeUint8Array(encoder, body);
  }

  #add<Column extends PackNumbers | PackBytes>(column: Column): Column {
    this.#all.push(column);
    return column;
  }
}

class PackNumbers implements NumberColumn, ColumnLog {
  readonly values: number[] = [];
  readonly rows: number[] = [];
  readonly steps: number[] = [];
  readonly #set: PackColumns;

  constructor(set: PackColumns) {
    this.#set = set;
  }

  move(value: number): number {
    if (!(Math.abs(value) < MOST)) throw new NotPacked('a number is too large');
    this.values.push(value);
    this.rows.push(this.#set.row);
    this.steps.push(this.#set.step++);
    return value;
  }

  close(encoder: encoding.Encoder, all: readonly ColumnLog[]): readonly Uint8Array[] {
    const { mode, residuals } = bestPrediction(this, all);
    const scale = commonScale(residuals);
    const planes = planesOf(residuals, scale);
    encoding.writeVarUint(encoder, NUMBERS);
    encoding.writeVarUint(encoder, residuals.length);
    encoding.writeVarUint(encoder, mode);
    encoding.writeVarUint(encoder, scale);
    encoding.writeVarUint(encoder, planes.length);
    return planes;
  }
}

class PackBytes implements ByteColumn {
  readonly #encoder = encoding.createEncoder();

  put(bytes: Uint8Array): void {
    encoding.writeUint8Array(this.#encoder, bytes);
  }

  take(): never {
    throw new Error('a column that is being filled has nothing to take');
  }

  close(encoder: encoding.Encoder): readonly Uint8Array[] {
    const body = encoding.toUint8Array(this.#encoder);
    encoding.writeVarUint(encoder, BYTES);
    encoding.writeVarUint(encoder, body.length);
    return [body];
  }
}

/** What divides all numbers: times of an import are whole minutes. */
function commonScale(residuals: readonly number[]): number {
  let scale = 0;
  for (const residual of residuals) {
    let rest = Math.abs(residual);
    while (rest !== 0) [scale, rest] = [rest, scale % rest];
    if (scale === 1) break;
  }
  return Math.max(scale, 1);
}

/** The lowest bytes of all numbers, then the next, to the highest that any has: noise apart from what repeats. */
function planesOf(residuals: readonly number[], scale: number): Uint8Array[] {
  const planes: Uint8Array[] = [];
  for (const [at, residual] of residuals.entries()) {
    const part = residual / scale;
    let rest = part < 0 ? -2 * part - 1 : 2 * part;
    for (let plane = 0; rest > 0; plane += 1) {
      const bytes = (planes[plane] ??= new Uint8Array(residuals.length));
      bytes[at] = rest % 256;
      rest = Math.floor(rest / 256);
    }
  }
  return planes;
}
