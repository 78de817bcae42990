/** What problems are shown in, made from SQL: their board and their histories. */
import { appendPlainEvents, seedProblemBoard, writeProblem } from '@muster/documents/problem';
import { problemEventsWithoutHidden, problemWithoutHidden } from '@muster/domain/problem';
import type { RecordId } from '@muster/domain/shared';
import type * as Y from 'yjs';
import type { Events } from '../../../commands/events.ts';
import { PROBLEM_STAYS_MS, problemOf } from '../../problems.ts';
import type { Statements } from '../statements.ts';
import { hiddenIn } from './hidden-incidents.ts';

/** From when on the time runs for which what is over stays: an accepted risk is worked on until it is looked at again. */
const STAYS_FROM = `iif(state = 'risk_accepted', max(ended_at, coalesce(data ->> '$.risk.reviewAt', 0)), ended_at)`;

/** Lets problems go that have been over for long, and tells what fills a new board with those that stay. */
export function problemBoardContent(statements: Statements, now: number): (doc: Y.Doc) => void {
  const gone = now - PROBLEM_STAYS_MS;
  statements.prepare(`update problem set live = 0 where live = 1 and ${STAYS_FROM} < ?`).run(gone);
  // a risk that is accepted comes back where it was let go before its review
  statements
    .prepare(`update problem set live = 1 where live = 0 and state = 'risk_accepted' and ${STAYS_FROM} >= ?`)
    .run(gone);
  const rows = statements.prepare('select data from problem where live = 1 order by id').all() as {
    data: string;
  }[];
  return (doc) => {
    seedProblemBoard(doc);
    const isHidden = hiddenIn(statements);
    for (const row of rows) writeProblem(doc, problemWithoutHidden(problemOf(row), isHidden));
  };
}

export function isProblem(statements: Statements, id: RecordId): boolean {
  return statements.prepare('select 1 from problem where id = ?').get(id) !== undefined;
}

export async function problemJournal(
  statements: Statements,
  events: Events,
  id: RecordId,
): Promise<(doc: Y.Doc) => void> {
  const recorded = problemEventsWithoutHidden(await events.since(id, 0), hiddenIn(statements));
  return (doc) => appendPlainEvents(doc, recorded);
}
