/** Every document against its log, and those that the server writes against SQL. Which boards there must be, too. */
import { parseName, readEvents, readInbox, readRows, withoutEpoch } from '@muster/documents';
import type { DocumentName } from '@muster/documents';
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
import { inboxItemOf } from '../documents/materialise.ts';
import type { Statements } from '../statements.ts';
import { changeKindOf } from '../documents/change-documents.ts';
import { compareNotice } from './announcements.ts';
import { compareChangeBoard, compareChangeRules, comparePlainHistory } from './changes.ts';
import { compareRelease, compareReleaseBoard } from './releases.ts';
import { meetingKindOf } from '../documents/meeting-documents.ts';
import { isRelease } from '../documents/release-documents.ts';
import { isKnownError } from '../documents/knowledge-documents.ts';
import { compareHelpBoard, compareKnowledgeBoard, compareKnowledgeHistory } from './knowledge.ts';
import { compareMeeting, compareMeetingBoard } from './meetings.ts';
import {
  compareConfigurationBoard,
  compareConfigurationHistory,
  compareConfigurationRules,
} from './configuration.ts';
import { configurationKindOf } from '../documents/configuration-documents.ts';
import { compareProblemBoard } from './problems.ts';
import { isProblem } from '../documents/problem-documents.ts';
import { compareOnCall } from './schedules.ts';
import { differenceOf } from './difference.ts';
import type { Findings } from './findings.ts';
import { readable } from './readable.ts';
import { verifyLog } from './logs.ts';

export function verifyDocuments(statements: Statements, findings: Findings): number {
  const log = new DocumentLogTables(statements);
  const rows = statements.prepare('select * from document order by name').all() as DocumentRow[];
  for (const row of rows) {
    verifyRow(findings, row);
    verifyLog(statements, findings, row);
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
  verifyBoardsAreThere(statements, findings);
  return rows.length;
}

/** What a document's name says too: who may read it, and which epoch it is. Only those with epochs end. */
function verifyRow(findings: Findings, row: DocumentRow): void {
  const name = parseName(row.name);
  const hasEpochs = name !== null && 'epoch' in name;
  const expected = {
    kind: name?.kind,
    base: withoutEpoch(row.name),
    epoch: hasEpochs ? name.epoch : row.epoch,
    restricted_to: name?.kind === 'board' || name?.kind === 'notice' ? name.team : null,
    frozen_at: hasEpochs ? row.frozen_at : null,
  };
  const difference = differenceOf(row, expected);
  if (difference !== null) findings.add('document', `${row.name} has another ${difference}`);
}

/**
 * Each live record has a board that is not frozen, and each board one epoch that is not. Whoever is named as a reader
 * gets a board of their own when they first come.
 */
function verifyBoardsAreThere(statements: Statements, findings: Findings): void {
  const doubled = statements
    .prepare(
      `select base from document where frozen_at is null group by base having count(*) > 1 order by base`,
    )
    .pluck()
    .all() as string[];
  for (const base of doubled) findings.add('epoch', `${base} has two epochs at once`);
  const homeless = statements
    .prepare(
      `select number, id from record where live = 1 and (restricted_to is not null or readers is null) and not exists (
         select 1 from document where kind = 'board' and frozen_at is null
           and restricted_to is record.restricted_to
           and base = 'board/' || record.process || coalesce('/' || record.restricted_to, '')) order by key`,
    )
    .all() as { number: string | null; id: string }[];
  for (const { number, id } of homeless) findings.add('board', `there is no board for ${number ?? id}`);
}

function compare(statements: Statements, findings: Findings, row: DocumentRow, doc: Y.Doc): void {
  const name = parseName(row.name);
  if (name?.kind === 'board') compareBoard(statements, findings, name, doc);
  if (name?.kind === 'record') compareHistory(statements, findings, name.raw, name.id, 'public', doc);
  if (name?.kind === 'change-board') compareChangeBoard(statements, findings, name.raw, doc);
  if (name?.kind === 'release-board') compareReleaseBoard(statements, findings, name.raw, doc);
  if (name?.kind === 'release') compareRelease(statements, findings, name, doc);
  if (name?.kind === 'meeting-board') compareMeetingBoard(statements, findings, name.raw, doc);
  if (name?.kind === 'meeting') compareMeeting(statements, findings, name, doc);
  if (name?.kind === 'rules') compareChangeRules(statements, findings, doc);
  if (name?.kind === 'problem-board') compareProblemBoard(statements, findings, name.raw, doc);
  if (name?.kind === 'configuration-board') compareConfigurationBoard(statements, findings, name.raw, doc);
  if (name?.kind === 'configuration-rules') compareConfigurationRules(statements, findings, doc);
  if (name?.kind === 'knowledge-board') compareKnowledgeBoard(statements, findings, name.raw, doc);
  if (name?.kind === 'help-board') compareHelpBoard(statements, findings, name.raw, doc);
  if (name?.kind === 'journal' && configurationKindOf(statements, name.id) !== null) {
    compareConfigurationHistory(statements, findings, name, doc);
    return;
  }
  if (name?.kind === 'journal' && isKnownError(statements, name.id))
    compareKnowledgeHistory(statements, findings, name, doc);
  else if (name?.kind === 'journal' && hasPlainHistory(statements, name.id))
    comparePlainHistory(statements, findings, name, doc);
  else if (name?.kind === 'journal') compareHistory(statements, findings, name.raw, name.id, 'staff', doc);
  if (name?.kind === 'notice') compareNotice(statements, findings, name, doc);
  if (name?.kind === 'oncall') compareOnCall(statements, findings, doc);
  if (name?.kind === 'inbox') {
    compareRequests(statements, findings, name, doc);
    compareItems(statements, findings, name, doc);
  }
}

function compareBoard(
  statements: Statements,
  findings: Findings,
  board: Extract<DocumentName, { readonly kind: 'board' }>,
  doc: Y.Doc,
): void {
  const { tickets, nonconforming } = readRows(doc);
  for (const { path, reason } of nonconforming) findings.add('board', `${board.raw} ${path}: ${reason}`);
  const shown = new Map<string, Ticket>(tickets.map((ticket) => [ticket.id, ticket]));
  const rows = liveRowsFor(statements, board);
  for (const ticket of readable(rows, ticketOf, namedWithRecords)) {
    const row = shown.get(ticket.id);
    shown.delete(ticket.id);
    const difference = row === undefined ? null : differenceOf(row, ticket);
    if (row === undefined) findings.add('board', `${board.raw} lacks ${ticket.number ?? ticket.id}`);
    else if (difference !== null) {
      findings.add('board', `${board.raw} shows ${ticket.number ?? ticket.id} with another ${difference}`);
    }
  }
  for (const { number, id } of shown.values())
    findings.add('board', `${board.raw} shows ${number ?? id}, which is not on it`);
}

function liveRowsFor(
  statements: Statements,
  { process, team, person }: Extract<DocumentName, { readonly kind: 'board' }>,
): readonly { readonly data: string }[] {
  const rows = (which: string, ...values: readonly unknown[]): readonly { readonly data: string }[] =>
    statements
      .prepare(`select data from record where process = ? and live = 1 and ${which} order by key`)
      .all(process, ...values) as { data: string }[];
  if (person !== null)
    return rows('exists (select 1 from json_each(record.readers) as named where named.value = ?)', person);
  return team === null ? rows('restricted_to is null and readers is null') : rows('restricted_to = ?', team);
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
  const expected = readable(rows, recordedOf, namedWithRecords).filter(
    ({ event }) => audienceOf(event) === audience,
  );
  const { events, nonconforming } = readEvents(doc);
  for (const { path, reason } of nonconforming) findings.add('history', `${name} ${path}: ${reason}`);
  const at = expected.findIndex((one, index) => canonicalJson(one) !== canonicalJson(events[index]));
  const event = expected[at];
  if (event !== undefined) {
    findings.add('history', `${name} does not hold version ${event.version} of the record as it happened`);
  } else if (events.length > expected.length) {
    findings.add(
      'history',
      `${name} holds ${events.length} events, and the record has ${expected.length} for it`,
    );
  }
}

function compareRequests(
  statements: Statements,
  findings: Findings,
  inbox: { readonly raw: string; readonly id: string },
  doc: Y.Doc,
): void {
  const shown = new Map<string, Ticket>(readInbox(doc).requests.map((ticket) => [ticket.id, ticket]));
  const rows = statements
    .prepare('select data from record where requester = ? and live = 1 order by key')
    .all(inbox.id) as { data: string }[];
  for (const ticket of readable(rows, ticketOf, namedWithRecords)) {
    const request = shown.get(ticket.id);
    const name = ticket.number ?? ticket.id;
    // Whether the person was staff when it was written is not known here.
    const faces = [ticket, asSeenByRequester(ticket)].map((face) => differenceOf(request ?? {}, face));
    if (request === undefined) findings.add('inbox', `${inbox.raw} lacks ${name}`);
    else if (!faces.includes(null))
      findings.add('inbox', `${inbox.raw} shows ${name} with another ${faces[1]}`);
  }
  const requester = statements.prepare('select requester from record where id = ?').pluck();
  for (const { id, number } of shown.values()) {
    if (requester.get(id) !== inbox.id)
      findings.add('inbox', `${inbox.raw} shows ${number ?? id}, which its person did not ask for`);
  }
}

/** Every item that is shown was told, as it was told; and the newest that was told is shown. */
function compareItems(
  statements: Statements,
  findings: Findings,
  inbox: { readonly raw: string; readonly id: string },
  doc: Y.Doc,
): void {
  const { items } = readInbox(doc);
  const find = statements.prepare('select * from inbox_item where id = ? and person = ?');
  for (const item of items) {
    const row = find.get(item.id, inbox.id) as Parameters<typeof inboxItemOf>[0] | undefined;
    const told = row === undefined ? null : { ...inboxItemOf(row), read: row.read_at !== null };
    const difference = told === null ? 'origin' : differenceOf(item, told);
    if (difference !== null) findings.add('inbox', `${inbox.raw} shows an item with another ${difference}`);
  }
  const newest = statements
    .prepare('select id from inbox_item where person = ? order by at desc, id desc limit 1')
    .pluck()
    .get(inbox.id) as string | undefined;
  if (newest !== undefined && !items.some(({ id }) => id === newest))
    findings.add('inbox', `${inbox.raw} lacks its newest item`);
}

function namedWithRecords(): void {
  // what cannot be read of a record or its events is told once, with the record
}

function hasPlainHistory(statements: Statements, id: RecordId): boolean {
  return (
    changeKindOf(statements, id) !== null ||
    meetingKindOf(statements, id) !== null ||
    isRelease(statements, id) ||
    isProblem(statements, id)
  );
}
