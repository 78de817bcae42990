import { deciderOf } from '@muster/domain';
import { tokenOf } from '@muster/domain/shared';
import type { RecordId, Recorded, Ticket, TicketEvent } from '@muster/domain/shared';
import type { Selectable } from 'kysely';
import { recordedOf } from '../../../commands/events.ts';
import type { EventRow } from '../../../commands/events.ts';
import { columnsOf, ticketOf } from '../../../commands/records.ts';
import { textOfHistory } from '../../../commands/text-index.ts';
import { canonicalJson } from '../../canonical-json.ts';
import type { RecordTable, RecordTextTable } from '../../schema.ts';
import type { Statements } from '../statements.ts';
import type { Findings } from './findings.ts';

type RecordRow = Selectable<RecordTable>;

/** Compares each record with the fold of its events, its columns with the whole, and its text with its history; the text of rooms follows a moment later and is left out. */
export function verifyRecords(statements: Statements, findings: Findings): number {
  const histories = statements.prepare('select * from event where record = ? order by version');
  const texts = statements.prepare('select rowid, * from record_text where rowid = ?');
  const rows = statements.prepare('select * from record').iterate() as IterableIterator<RecordRow>;
  let count = 0;
  for (const row of rows) {
    count += 1;
    const name = row.number ?? row.id;
    const recorded = (histories.all(row.id) as EventRow[]).map(recordedOf);
    const ticket = ticketOf(row);
    const folded = fold(ticket, recorded);
    if (canonicalJson(folded) !== canonicalJson(ticket))
      findings.add('record', `${name} is not what its events say`);
    const column = firstDifference(row, columnsOf(ticket));
    if (column !== null) findings.add('record column', `${name} has another ${column} in its column`);
    const text = texts.get(row.key) as Selectable<RecordTextTable> | undefined;
    const differs = firstDifference(
      text ?? {},
      textOfHistory(ticket, tokenOf(ticket.process, ticket.id), recorded),
    );
    if (differs !== null) findings.add('search text', `${name} has another ${differs} in the index`);
  }
  const orphans = statements
    .prepare('select count(*) from event where record not in (select id from record)')
    .pluck()
    .get() as number;
  if (orphans > 0) findings.add('event', `${orphans} events belong to no record`);
  return count;
}

function fold(ticket: Ticket, recorded: readonly Recorded<TicketEvent>[]): Ticket | null {
  const { evolve } = deciderOf(ticket.process);
  return recorded.reduce<Ticket | null>((state, each) => evolve(state, each, ticket.id as RecordId), null);
}

function firstDifference(there: object, expected: object): string | null {
  const present = there as Readonly<Record<string, unknown>>;
  for (const [key, value] of Object.entries(expected))
    if (present[key] !== value) return key.replaceAll('_', ' ');
  return null;
}
