import type { Actor, Ticket } from '@muster/domain/shared';
import { asSeenBy, canReadAsStaff } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { sql } from 'kysely';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { ticketOf } from '../../commands/records.ts';
import type { Database } from '../schema.ts';
import { after, clampLimit, decodeCursor, pageOf } from './page.ts';
import type { Page } from './page.ts';
import { readableAsStaff } from './readable.ts';
import { findRecord } from './records.ts';
import { excerptOf, matchExpression, wordsOf } from './words.ts';

export interface SearchResult {
  readonly record: Ticket;
  /** Plain text around what was found; shown as text, never as HTML. */
  readonly excerpt: string;
}

/** What somebody who is not staff may find a record of their own by. */
const PUBLIC_COLUMNS = ['number', 'title', 'description', 'conversation'] as const;

const EXCERPTED = ['description', 'conversation', 'notes', 'room'] as const;
/** Where an excerpt is looked for; beyond it the beginning of the text is shown. */
const EXCERPT_WITHIN_CHARACTERS = 20_000;
const ROWS_A_TURN = 10;

/**
 * Full text over all records that the actor may read, archived ones too: all words, each as the beginning of a
 * word, newest change first. A number or token typed whole comes first. Internal notes and rooms are searched for staff only.
 */
export async function searchRecords(
  db: Kysely<Database>,
  actor: Actor,
  text: string,
  cursor: string | null,
  limit: number,
): Promise<Page<SearchResult>> {
  const words = wordsOf(text);
  if (words.length === 0) return { items: [], next: null };
  const size = clampLimit(limit);
  const rows = await db
    .selectFrom('record')
    .innerJoin('record_text', 'record_text.rowid', 'record.key')
    .select(['record.data', ...EXCERPTED.map((column) => beginningOf(column).as(column))])
    .where((record) =>
      record.or([
        record.and([readableAsStaff(actor)(record), matches(matchExpression(words, null))]),
        record.and([
          record('record.requester', '=', actor.id),
          matches(matchExpression(words, PUBLIC_COLUMNS)),
        ]),
      ]),
    )
    .where(after(decodeCursor(cursor)))
    .orderBy('record.updated_at', 'desc')
    .orderBy('record.id', 'desc')
    .limit(size + 1)
    .execute();
  const found: SearchResult[] = [];
  for (const [index, row] of rows.entries()) {
    // other people's turns come between, however long the texts are
    if (index % ROWS_A_TURN === ROWS_A_TURN - 1) await nextTurn();
    const record = ticketOf(row);
    const said = [row.description, row.conversation];
    const texts = canReadAsStaff(actor, record) ? [row.room, ...said, row.notes] : said;
    found.push({ record: asSeenBy(actor, record), excerpt: excerptOf(texts, words) });
  }
  const page = pageOf(found, size);
  return cursor === null ? withNamed(page, await findRecord(db, actor, text)) : page;
}

function beginningOf(column: (typeof EXCERPTED)[number]) {
  return sql<string>`substr(${sql.ref(column)}, 1, ${EXCERPT_WITHIN_CHARACTERS})`;
}

function matches(expression: string) {
  return sql<boolean>`record.key in (select rowid from record_text where record_text match ${expression})`;
}

function withNamed(page: Page<SearchResult>, named: readonly Ticket[]): Page<SearchResult> {
  const first = named.map((record) => ({ record, excerpt: record.title }));
  const rest = page.items.filter((item) => named.every((record) => record.id !== item.record.id));
  return { items: [...first, ...rest], next: page.next };
}
