/** What releases are shown in, made from SQL: their board, their documents, their histories. */
import {
  appendPlainEvents,
  rowOfRelease,
  seedReleaseBoard,
  writeRelease,
  writeReleaseRow,
} from '@muster/documents/release';
import type { RecordId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import type { Events } from '../../../commands/events.ts';
import { RELEASE_STAYS_MS, releaseOf } from '../../releases.ts';
import type { Statements } from '../statements.ts';

/** Lets releases go that have been over for long, and tells what fills a new board with those that stay. */
export function releaseBoardContent(statements: Statements, now: number): (doc: Y.Doc) => void {
  statements
    .prepare('update release set live = 0 where live = 1 and ended_at < ?')
    .run(now - RELEASE_STAYS_MS);
  const rows = statements.prepare('select data from release where live = 1 order by id').all() as {
    data: string;
  }[];
  return (doc) => {
    seedReleaseBoard(doc);
    for (const row of rows) writeReleaseRow(doc, rowOfRelease(releaseOf(row)));
  };
}

export function isRelease(statements: Statements, id: RecordId): boolean {
  return statements.prepare('select 1 from release where id = ?').get(id) !== undefined;
}

/** A release whole, as its document begins. */
export function releaseContent(statements: Statements, id: RecordId): (doc: Y.Doc) => void {
  const row = statements.prepare('select data from release where id = ?').get(id) as { data: string };
  return (doc) => writeRelease(doc, releaseOf(row));
}

export async function releaseJournal(events: Events, id: RecordId): Promise<(doc: Y.Doc) => void> {
  const recorded = await events.since(id, 0);
  return (doc) => appendPlainEvents(doc, recorded);
}
