import { parseName, readEvents, readInbox, readRows } from '@muster/documents';
import { asSeenByRequester, audienceOf } from '@muster/domain/shared';
import type { RecordId, Ticket } from '@muster/domain/shared';
import type * as Y from 'yjs';
import { recordedOf } from '../../../commands/events.ts';
import type { EventRow } from '../../../commands/events.ts';
import { ticketOf } from '../../../commands/records.ts';
import { canonicalJson } from '../../canonical-json.ts';
import type { DocumentRow } from '../documents/document-row.ts';
import { docOf } from '../documents/fold.ts';
import { DocumentLogTables } from '../documents/log.ts';
import type { Statements } from '../statements.ts';
import type { Findings } from './findings.ts';

/** Loads every document from its log and compares those that the server writes with SQL. */
export function verifyDocuments(statements: Statements, findings: Findings): number {
  const log = new DocumentLogTables(statements);
  const rows = statements.prepare('select * from document order by name').all() as DocumentRow[];
  for (const row of rows) {
    for (const seq of log.tornSnapshots(row.name)) {
      findings.add('snapshot', `snapshot ${seq} of ${row.name} does not have its hash`);
    }
    const { snapshot, tail, damage } = log.read(row);
    if (damage !== null) {
      findings.add('log', `${row.name}: ${damage}`);
      continue;
    }
    try {
      const doc = docOf(snapshot, tail);
      if (row.frozen_at === null) compare(statements, findings, row, doc);
      doc.destroy();
    } catch (error) {
      findings.add('log', `${row.name} cannot be read: ${String(error)}`);
    }
  }
  return rows.length;
}

function compare(statements: Statements, findings: Findings, row: DocumentRow, doc: Y.Doc): void {
  const name = parseName(row.name);
  if (name?.kind === 'board') compareBoard(statements, findings, name, doc);
  if (name?.kind === 'record') compareHistory(statements, findings, name.raw, name.id, 'public', doc);
  if (name?.kind === 'journal') compareHistory(statements, findings, name.raw, name.id, 'staff', doc);
  if (name?.kind === 'inbox') compareRequests(statements, findings, name.raw, doc);
}

function compareBoard(
  statements: Statements,
  findings: Findings,
  board: { readonly raw: string; readonly process: string; readonly team: string | null },
  doc: Y.Doc,
): void {
  const { tickets, nonconforming } = readRows(doc);
  for (const { path, reason } of nonconforming) findings.add('board', `${board.raw} ${path}: ${reason}`);
  const shown = new Map<string, Ticket>(tickets.map((ticket) => [ticket.id, ticket]));
  const rows = statements
    .prepare('select data from record where process = ? and restricted_to is ? and live = 1')
    .all(board.process, board.team) as { data: string }[];
  for (const ticket of rows.map(ticketOf)) {
    const row = shown.get(ticket.id);
    shown.delete(ticket.id);
    if (row === undefined) findings.add('board', `${board.raw} lacks ${ticket.number ?? ticket.id}`);
    else if (canonicalJson(row) !== canonicalJson(ticket)) {
      findings.add('board', `${board.raw} shows another ${ticket.number ?? ticket.id} than its record`);
    }
  }
  for (const id of shown.keys()) findings.add('board', `${board.raw} shows ${id}, which is not on it`);
}

function compareHistory(
  statements: Statements,
  findings: Findings,
  name: string,
  record: RecordId,
  audience: 'public' | 'staff',
  doc: Y.Doc,
): void {
  const rows = statements
    .prepare('select * from event where record = ? order by version')
    .all(record) as EventRow[];
  const expected = rows.map(recordedOf).filter(({ event }) => audienceOf(event) === audience);
  const { events, nonconforming } = readEvents(doc);
  if (nonconforming.length > 0 || canonicalJson(events) !== canonicalJson(expected)) {
    findings.add('history', `${name} does not hold the record's ${audience} events`);
  }
}

function compareRequests(statements: Statements, findings: Findings, name: string, doc: Y.Doc): void {
  const find = statements.prepare('select data, live from record where id = ?');
  for (const ticket of readInbox(doc).requests) {
    const row = find.get(ticket.id) as { data: string; live: number } | undefined;
    if (row?.live === 0) continue;
    const whole = row === undefined ? null : ticketOf(row);
    // Whether the person was staff when it was written is not known here.
    const faces = whole === null ? [] : [whole, asSeenByRequester(whole)];
    if (!faces.some((face) => canonicalJson(face) === canonicalJson(ticket)))
      findings.add('inbox', `${name} shows another ${ticket.number ?? ticket.id}`);
  }
}
