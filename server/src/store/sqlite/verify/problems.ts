/** Every problem against its events, its columns, its incidents and its words, and the board that shows it. */
import { readProblems } from '@muster/documents/problem';
import { incidentsIn, problem as decider, problemWithoutHidden } from '@muster/domain/problem';
import type { Problem, ProblemEvent } from '@muster/domain/problem';
import { recordId } from '@muster/domain/shared';
import type { Selectable } from 'kysely';
import type * as Y from 'yjs';
import { canonicalJson } from '../../canonical-json.ts';
import { problemColumns, problemOf, textOfProblem } from '../../problems.ts';
import type { ProblemTable, ProblemTextTable } from '../../schema-problems.ts';
import { hiddenIn } from '../documents/hidden-incidents.ts';
import type { Statements } from '../statements.ts';
import { historyOf } from './changes.ts';
import { compareWithEvents, compareWithRows, numberOrId } from './compare.ts';
import { differenceOf } from './difference.ts';
import type { Findings } from './findings.ts';
import { readable } from './readable.ts';

/** How many problems there are. */
export function verifyProblems(statements: Statements, findings: Findings): number {
  const texts = statements.prepare('select rowid, * from problem_text where rowid = ?');
  const incidents = statements
    .prepare('select incident from problem_incident where problem = ? order by incident')
    .pluck();
  const rows = statements.prepare('select * from problem order by key').all() as Selectable<ProblemTable>[];
  for (const row of rows) {
    const name = row.number ?? row.id;
    const unreadable = () => findings.add('problem', `${name} cannot be read`);
    const [problem] = readable([row], problemOf, unreadable);
    const recorded = historyOf<ProblemEvent>(statements, row.id, unreadable);
    if (problem === undefined || recorded === null) continue;
    const folded = recorded.reduce<Problem | null>(
      (state, each) => decider.evolve(state, each, recordId(row.id)),
      null,
    );
    compareWithEvents(findings, 'problem', name, {
      ...{ row, stored: problem, folded, columns: problemColumns(problem) },
      isOver: problem.endedAt !== null,
    });
    const named = incidentsIn(recorded.map(({ event }) => event));
    if (canonicalJson(incidents.all(row.key)) !== canonicalJson(named.toSorted()))
      findings.add('problem incident', `${name} is looked up by other incidents than it named`);
    const text = texts.get(row.key) as Selectable<ProblemTextTable> | undefined;
    const differs = text === undefined ? 'nothing' : differenceOf(text, textOfProblem(problem));
    if (differs !== null) findings.add('search text', `${name} has another ${differs} in the index`);
  }
  const astray = (sql: string): number => statements.prepare(sql).pluck().get() as number;
  const strays = astray('select count(*) from problem_text where rowid not in (select key from problem)');
  if (strays > 0) findings.add('search text', `${strays} entries of the index belong to no problem`);
  const lost = astray('select count(*) from problem_incident where problem not in (select key from problem)');
  if (lost > 0) findings.add('problem incident', `${lost} named incidents belong to no problem`);
  return rows.length;
}

/** The board shows each problem that is on it, as it is, and no other. */
export function compareProblemBoard(
  statements: Statements,
  findings: Findings,
  board: string,
  doc: Y.Doc,
): void {
  const { problems, nonconforming } = readProblems(doc);
  for (const { path, reason } of nonconforming) findings.add('problem board', `${board} ${path}: ${reason}`);
  const rows = statements.prepare('select data from problem where live = 1').all() as { data: string }[];
  const isHidden = hiddenIn(statements);
  const expected = readable(rows, problemOf, () => undefined).map((row) =>
    problemWithoutHidden(row, isHidden),
  );
  compareWithRows(findings, 'problem board', board, problems, expected, numberOrId);
}
