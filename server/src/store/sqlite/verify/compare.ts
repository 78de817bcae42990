/** What every kind of record is held to: its row to its events and columns, and a board to the rows that it shows. */
import { differenceOf } from './difference.ts';
import type { Findings } from './findings.ts';

/** A record is what its events say, has the columns that follow from it, and is on a board until it is over. */
export function compareWithEvents(
  findings: Findings,
  kind: string,
  name: string,
  parts: {
    readonly row: { readonly live: number };
    readonly stored: object;
    readonly folded: object | null;
    readonly columns: object;
    readonly isOver: boolean;
  },
): void {
  const { row, stored, folded, columns, isOver } = parts;
  const difference = folded === null ? 'no event makes it' : differenceOf(stored, folded);
  if (difference !== null) findings.add(kind, `${name} is not what its events say: ${difference}`);
  const column = differenceOf(row, columns);
  if (column !== null) findings.add(`${kind} column`, `${name} has another ${column}`);
  if (row.live === 0 && !isOver) findings.add(`${kind} column`, `${name} is not over and on no board`);
}

/** A board shows each row that is on it, as it is, and no other. */
export function compareWithRows<Row extends { readonly id: string }>(
  findings: Findings,
  kind: string,
  board: string,
  shown: readonly Row[],
  expected: readonly Row[],
  nameOf: (row: Row) => string = ({ id }) => id,
): void {
  const left = new Map<string, Row>(shown.map((row) => [row.id, row]));
  for (const row of expected) {
    const found = left.get(row.id);
    left.delete(row.id);
    const difference = found === undefined ? null : differenceOf(found, row);
    if (found === undefined) findings.add(kind, `${board} lacks ${nameOf(row)}`);
    else if (difference !== null)
      findings.add(kind, `${board} shows ${nameOf(row)} with another ${difference}`);
  }
  for (const row of left.values()) findings.add(kind, `${board} shows ${nameOf(row)}, which is not on it`);
}

/** The number that people call it by; before it has one, its id. */
export function numberOrId({ number, id }: { readonly number: string | null; readonly id: string }): string {
  return number ?? id;
}
