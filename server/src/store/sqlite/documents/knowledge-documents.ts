/** What known errors and articles are shown in, made from SQL: the staff's board, everybody's, and their histories. */
import {
  appendPlainEvents,
  readArticle,
  seedHelpBoard,
  seedKnowledgeBoard,
  writeHelpRow,
  writeKnowledgeRow,
} from '@muster/documents/knowledge';
import { asInHistory } from '@muster/domain/problem';
import type { ArticleText, KnowledgeEvent } from '@muster/domain/problem';
import type { Recorded, RecordId } from '@muster/domain/shared';
import type { Selectable } from 'kysely';
import type * as Y from 'yjs';
import type { Events } from '../../../commands/events.ts';
import { KNOWLEDGE_STAYS_MS, helpShown, knownErrorOf, versionOf } from '../../known-errors.ts';
import type { KnownErrorVersionTable } from '../../schema-known-errors.ts';
import type { Statements } from '../statements.ts';
import { docOf } from './fold.ts';
import type { DocumentLogTables } from './log.ts';

/** Lets those go that have been over for long, and tells what fills a new board with those that stay. */
export function knowledgeBoardContent(statements: Statements, now: number): (doc: Y.Doc) => void {
  statements
    .prepare(
      `update known_error set live = 0 where live = 1 and state in ('superseded', 'retired') and updated_at < ?`,
    )
    .run(now - KNOWLEDGE_STAYS_MS);
  const rows = statements.prepare('select data from known_error where live = 1 order by id').all() as {
    data: string;
  }[];
  return (doc) => {
    seedKnowledgeBoard(doc);
    for (const row of rows) writeKnowledgeRow(doc, knownErrorOf(row));
  };
}

/** What is published for everybody, each with the text of its version. */
export function helpBoardContent(statements: Statements): (doc: Y.Doc) => void {
  const shown = helpRows(statements);
  return (doc) => {
    seedHelpBoard(doc);
    for (const row of shown) writeHelpRow(doc, row.id, row);
  };
}

export function helpRows(statements: Statements) {
  const rows = statements
    .prepare(
      `select known_error.data as whole, version.number, version.at, version.by, version.data
       from known_error
       join known_error_version as version on version.known_error = known_error.id
         and version.number = known_error.data ->> '$.published.number'
       where known_error.audience = 'everybody' order by known_error.id`,
    )
    .all() as (Omit<Selectable<KnownErrorVersionTable>, 'known_error'> & { readonly whole: string })[];
  return rows.flatMap(
    ({ whole, ...version }) => helpShown(knownErrorOf({ data: whole }), versionOf(version)) ?? [],
  );
}

export function isKnownError(statements: Statements, id: RecordId): boolean {
  return statements.prepare('select 1 from known_error where id = ?').get(id) !== undefined;
}

/** Whether an article is of what is superseded or retired: nothing in it is written any more. */
export function isArticleOver(statements: Statements, id: RecordId): boolean {
  return (
    statements
      .prepare(`select 1 from known_error where id = ? and state in ('superseded', 'retired')`)
      .get(id) !== undefined
  );
}

/** The history as its readers have it: it names no ticket. */
export async function knowledgeJournal(events: Events, id: RecordId): Promise<(doc: Y.Doc) => void> {
  const recorded = inHistory((await events.since(id, 0)) as readonly Recorded<KnowledgeEvent>[]);
  return (doc) => appendPlainEvents(doc, recorded);
}

export function inHistory(
  recorded: readonly Recorded<KnowledgeEvent>[],
): readonly Recorded<KnowledgeEvent>[] {
  return recorded.map((each) => ({ ...each, event: asInHistory(each.event) }));
}

/** What people have written together, as it is in this transaction; null where nobody has, or where it is damaged. */
export function articleIn(log: DocumentLogTables, name: string): ArticleText | null {
  const row = log.find(name);
  if (row === undefined || row.damaged_at !== null) return null;
  const { snapshot, tail, damage } = log.read(row);
  if (damage !== null) return null;
  const doc = docOf(snapshot, tail);
  const text = readArticle(doc);
  doc.destroy();
  return text;
}
