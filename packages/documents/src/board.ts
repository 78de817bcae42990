import type { RecordId, Ticket } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { KINDS } from './kinds.ts';
import { sift } from './nonconforming.ts';
import type { Nonconforming } from './nonconforming.ts';
import { decodeRow, encodeRow } from './ticket-row.ts';

export function boardRows(doc: Y.Doc): Y.Map<unknown> {
  return doc.getMap('rows');
}

/** Stamps a new board with its layout version. */
export function seedBoard(doc: Y.Doc): void {
  doc.getMap('meta').set('layout', KINDS.board.layout);
}

/** The layout version that a board was made with; null while nothing has arrived. */
export function readBoardLayout(doc: Y.Doc): number | null {
  const layout = doc.getMap('meta').get('layout');
  return typeof layout === 'number' ? layout : null;
}

/** Sets the row of a ticket. The server alone writes boards, with the client id of the board's epoch. */
export function writeRow(doc: Y.Doc, ticket: Ticket): void {
  boardRows(doc).set(ticket.id, encodeRow(ticket));
}

export function removeRow(doc: Y.Doc, id: RecordId): void {
  boardRows(doc).delete(id);
}

export function readRow(doc: Y.Doc, id: RecordId): Ticket | Nonconforming | null {
  const value = boardRows(doc).get(id);
  return value === undefined ? null : decodeRow(id, value);
}

/** All rows, in no order. Rows of another version or shape are set aside. */
export function readRows(doc: Y.Doc): {
  readonly tickets: readonly Ticket[];
  readonly nonconforming: readonly Nonconforming[];
} {
  const rows = boardRows(doc);
  const { conforming, nonconforming } = sift(Array.from(rows.keys(), (id) => decodeRow(id, rows.get(id))));
  return { tickets: conforming, nonconforming };
}
