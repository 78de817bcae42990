/**
 * Every record against its history: the whole, its columns, whether it is live, and its entry in the index. The text
 * of rooms is indexed a moment after it was written: rooms that wait for that are counted and not compared.
 */
import { parseName, readRoomText } from '@muster/documents';
import { deciderOf } from '@muster/domain';
import { tokenOf } from '@muster/domain/shared';
import type { Recorded, Ticket, TicketEvent } from '@muster/domain/shared';
import type { Selectable } from 'kysely';
import { recordedOf } from '../../../commands/events.ts';
import type { EventRow } from '../../../commands/events.ts';
import { columnsOf, isOver, ticketOf } from '../../../commands/records.ts';
import { textOfHistory } from '../../../commands/text-index.ts';
import { canonicalJson } from '../../canonical-json.ts';
import { HISTORY_TABLES } from '../../history-tables.ts';
import type { RecordTable, RecordTextTable } from '../../schema-records.ts';
import type { DocumentRow } from '../documents/document-row.ts';
import { docOf } from '../documents/fold.ts';
import { meetingKindOf } from '../documents/meeting-documents.ts';
import { DocumentLogTables } from '../documents/log.ts';
import type { Statements } from '../statements.ts';
import { differenceOf } from './difference.ts';
import type { Findings } from './findings.ts';
import { readable } from './readable.ts';

type RecordRow = Selectable<RecordTable>;

export function verifyRecords(statements: Statements, findings: Findings): number {
  const histories = statements.prepare('select * from event where record = ? order by version');
  const texts = statements.prepare('select rowid, * from record_text where rowid = ?');
  const items = statements.prepare('select item from record_item where record = ? order by item').pluck();
  const rows = statements.prepare('select * from record').iterate() as IterableIterator<RecordRow>;
  let count = 0;
  for (const row of rows) {
    count += 1;
    const name = row.number ?? row.id;
    const events = histories.all(row.id) as EventRow[];
    const recorded = readable(events, recordedOf, ({ seq }) =>
      findings.add('event', `event ${seq} of ${name} cannot be read`),
    );
    const [ticket] = readable([row], ticketOf, () => findings.add('record', `${name} cannot be read`));
    // what is missing of it makes everything else differ, too
    if (ticket === undefined || recorded.length < events.length) continue;
    const folded = fold(ticket, recorded);
    const difference = folded === null ? 'no event makes it' : differenceOf(ticket, folded);
    if (difference !== null) findings.add('record', `${name} is not what its events say: ${difference}`);
    const column = differenceOf(row, columnsOf(ticket));
    if (column !== null) findings.add('record column', `${name} has another ${column}`);
    if (row.live === 0 && !isOver(ticket))
      findings.add('record column', `${name} is not over and on no board`);
    if (canonicalJson(items.all(row.key)) !== canonicalJson(ticket.items.toSorted()))
      findings.add('record item', `${name} is looked up by other items than it is about`);
    const text = texts.get(row.key) as Selectable<RecordTextTable> | undefined;
    const expected = textOfHistory(ticket, tokenOf(ticket.process, ticket.id), recorded);
    const differs = text === undefined ? 'nothing' : differenceOf(text, expected);
    if (differs !== null) findings.add('search text', `${name} has another ${differs} in the index`);
  }
  verifyStrays(statements, findings);
  return count;
}

/** The text of each room that is indexed up to its end. Returns how many wait for that. */
export function verifyRoomText(statements: Statements, findings: Findings): number {
  const log = new DocumentLogTables(statements);
  const rooms = statements
    .prepare(`select * from document where kind = 'room' and damaged_at is null and frozen_at is null`)
    .all() as DocumentRow[];
  const indexed = statements.prepare(
    `select record.number, record_text.room from record join record_text on record_text.rowid = record.key
     where record.id = ? union all
     select change.number, change_text.room from change join change_text on change_text.rowid = change.key
     where change.id = ? union all
     select release.number, release_text.room from release join release_text on release_text.rowid = release.key
     where release.id = ? union all
     select problem.number, problem_text.room from problem join problem_text on problem_text.rowid = problem.key
     where problem.id = ?`,
  );
  for (const room of rooms.filter((row) => row.indexed_seq === row.head_seq)) {
    const name = parseName(room.name);
    const { snapshot, tail, damage } = log.read(room);
    // the notes of meetings are in no index
    if (name?.kind !== 'room' || damage !== null || meetingKindOf(statements, name.id) !== null) continue;
    const found = indexed.get(name.id, name.id, name.id, name.id) as
      { number: string | null; room: string } | undefined;
    const doc = docOf(snapshot, tail);
    if (found?.room !== readRoomText(doc)) {
      findings.add('search text', `${found?.number ?? name.id} has another room in the index`);
    }
    doc.destroy();
  }
  return rooms.filter((row) => row.indexed_seq !== row.head_seq).length;
}

function verifyStrays(statements: Statements, findings: Findings): void {
  const count = (sql: string): number => statements.prepare(sql).pluck().get() as number;
  const kept = HISTORY_TABLES.map(({ table }) => `record not in (select id from ${table})`).join(' and ');
  const events = count(`select count(*) from event where ${kept}`);
  if (events > 0) findings.add('event', `${events} events belong to no record`);
  const texts = count('select count(*) from record_text where rowid not in (select key from record)');
  if (texts > 0) findings.add('search text', `${texts} entries of the index belong to no record`);
  const items = count('select count(*) from record_item where record not in (select key from record)');
  if (items > 0) findings.add('record item', `${items} items belong to no record`);
}

function fold(ticket: Ticket, recorded: readonly Recorded<TicketEvent>[]): Ticket | null {
  const { evolve } = deciderOf(ticket.process);
  return recorded.reduce<Ticket | null>((state, each) => evolve(state, each, ticket.id), null);
}
