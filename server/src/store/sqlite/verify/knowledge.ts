/**
 * Every known error and article against its events: the whole, its columns, versions, ratings and uses, its entries in
 * both indexes; and the documents that show them.
 */
import { readHelpRows, readKnowledgeRows, readPlainEvents } from '@muster/documents/knowledge';
import type { HelpRow } from '@muster/documents/knowledge';
import { evolveKnowledge, isOverKnowledge } from '@muster/domain/problem';
import type { KnowledgeEvent, KnownError } from '@muster/domain/problem';
import { recordId } from '@muster/domain/shared';
import type { Recorded, RecordId } from '@muster/domain/shared';
import type { Selectable } from 'kysely';
import type * as Y from 'yjs';
import { canonicalJson } from '../../canonical-json.ts';
import {
  bodyWords,
  knownErrorColumns,
  knownErrorOf,
  versionOf,
  wordsOfHelp,
  wordsOfKnownError,
} from '../../known-errors.ts';
import type { KnownErrorTable, KnownErrorVersionTable } from '../../schema-known-errors.ts';
import { helpRows, inHistory } from '../documents/knowledge-documents.ts';
import type { Statements } from '../statements.ts';
import { historyOf } from './changes.ts';
import { compareWithEvents, compareWithRows } from './compare.ts';
import type { Findings } from './findings.ts';
import { readable } from './readable.ts';

/** How many known errors and articles there are. */
export function verifyKnowledge(statements: Statements, findings: Findings): number {
  const rows = statements.prepare('select * from known_error order by id').all();
  for (const row of rows as Selectable<KnownErrorTable>[]) {
    const name = `known error ${row.id}`;
    const unreadable = () => findings.add('known error', `${name} cannot be read`);
    const [it] = readable([row], knownErrorOf, unreadable);
    const recorded = historyOf<KnowledgeEvent>(statements, row.id, unreadable);
    if (it === undefined || recorded === null) continue;
    const folded = recorded.reduce<KnownError | null>(
      (state, each) => evolveKnowledge(state, each, recordId(row.id)),
      null,
    );
    compareWithEvents(findings, 'known error', name, {
      ...{ row, stored: it, folded, columns: knownErrorColumns(it) },
      isOver: isOverKnowledge(it),
    });
    verifyBeside(statements, findings, name, row, recorded);
    verifyWords(statements, findings, name, row.key, it);
  }
  verifyStrays(statements, findings);
  return rows.length;
}

/** Versions, what was said of them, and uses, each as the events tell of it. */
function verifyBeside(
  statements: Statements,
  findings: Findings,
  name: string,
  { id }: { readonly id: string },
  recorded: readonly Recorded<KnowledgeEvent>[],
): void {
  const versions: unknown[] = [];
  const ratings = new Map<string, unknown>();
  const uses = new Map<string, unknown>();
  for (const { event, actor: by, at } of recorded) {
    if (event.type === 'published') versions.push({ number: event.number, at, by, data: event });
    if (event.type === 'rated') {
      const { number, helped, comment } = event;
      ratings.set(`${number} ${by}`, { number, person: by, helped: helped ? 1 : 0, comment, at });
    }
    if (event.type === 'linked') uses.set(String(event.ticket), { ticket: event.ticket, by, at });
    if (event.type === 'unlinked') uses.delete(String(event.ticket));
  }
  const stored = (columns: string, table: string) =>
    statements.prepare(`select ${columns} from ${table} where known_error = ?`).all(id) as {
      data?: string;
    }[];
  const kept = stored('number, at, by, data', 'known_error_version').map(({ data, ...row }) => ({
    ...row,
    data: JSON.parse(data ?? 'null') as unknown,
  }));
  const same = (one: Iterable<unknown>, other: Iterable<unknown>) =>
    canonicalJson([...one].map(canonicalJson).toSorted()) ===
    canonicalJson([...other].map(canonicalJson).toSorted());
  if (!same(kept, versions)) findings.add('known error', `${name} keeps other versions than were published`);
  if (!same(stored('number, person, helped, comment, at', 'known_error_rating'), ratings.values()))
    findings.add('known error', `${name} keeps other ratings than were given`);
  if (!same(stored('ticket, by, at', 'known_error_use'), uses.values()))
    findings.add('known error', `${name} keeps other uses than there were`);
}

function verifyWords(
  statements: Statements,
  findings: Findings,
  name: string,
  key: number,
  it: KnownError,
): void {
  const row = statements
    .prepare('select number, at, by, data from known_error_version where known_error = ? and number = ?')
    .get(it.id, it.published?.number ?? 0) as
    Omit<Selectable<KnownErrorVersionTable>, 'known_error'> | undefined;
  const body = bodyWords(row === undefined ? undefined : versionOf(row));
  const of = (table: string) =>
    statements.prepare(`select title, told, body from ${table} where rowid = ?`).get(key) ?? null;
  const indexed = [
    ['known_error_text', wordsOfKnownError(it, body)],
    ['help_text', wordsOfHelp(it, body)],
  ] as const;
  for (const [table, words] of indexed)
    if (canonicalJson(of(table)) !== canonicalJson(words))
      findings.add('search text', `${name} has other words in ${table}`);
}

function verifyStrays(statements: Statements, findings: Findings): void {
  for (const table of ['known_error_text', 'help_text']) {
    const strays = statements
      .prepare(`select count(*) from ${table} where rowid not in (select key from known_error)`)
      .pluck()
      .get() as number;
    if (strays > 0) findings.add('search text', `${strays} entries of ${table} belong to no known error`);
  }
}

/** The staff's board shows each that is on it, as it is, and no other. */
export function compareKnowledgeBoard(
  statements: Statements,
  findings: Findings,
  board: string,
  doc: Y.Doc,
): void {
  const { known, nonconforming } = readKnowledgeRows(doc);
  for (const { path, reason } of nonconforming)
    findings.add('knowledge board', `${board} ${path}: ${reason}`);
  const rows = statements.prepare('select data from known_error where live = 1').all() as { data: string }[];
  compareWithRows(
    findings,
    'knowledge board',
    board,
    known,
    readable(rows, knownErrorOf, () => undefined),
  );
}

/** Everybody's board shows what is published for everybody, and nothing else. */
export function compareHelpBoard(
  statements: Statements,
  findings: Findings,
  board: string,
  doc: Y.Doc,
): void {
  const { rows, nonconforming } = readHelpRows(doc);
  for (const { path, reason } of nonconforming)
    findings.add('knowledge board', `${board} ${path}: ${reason}`);
  compareWithRows<HelpRow>(findings, 'knowledge board', board, rows, helpRows(statements));
}

/** The history that its readers have names no ticket, and is otherwise what happened. */
export function compareKnowledgeHistory(
  statements: Statements,
  findings: Findings,
  name: { readonly raw: string; readonly id: RecordId },
  doc: Y.Doc,
): void {
  const expected = inHistory(historyOf<KnowledgeEvent>(statements, name.id, () => undefined) ?? []);
  const { events, nonconforming } = readPlainEvents(doc);
  for (const { path, reason } of nonconforming) findings.add('history', `${name.raw} ${path}: ${reason}`);
  if (canonicalJson(events) !== canonicalJson(expected))
    findings.add('history', `${name.raw} is not what happened`);
}
