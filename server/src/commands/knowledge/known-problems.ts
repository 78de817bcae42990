/** Marks problems as known errors while their workaround is published, in the transaction of what published it. */
import { noLongerKnown, onceKnown, problemHelped } from '@muster/domain/flows';
import type { KnowledgeEvent, KnownError, Problem, ProblemAct } from '@muster/domain/problem';
import { SYSTEM_ACTOR } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { knownErrorOf } from '../../store/known-errors.ts';
import { problemOf } from '../../store/problems.ts';
import type { Database } from '../../store/schema.ts';
import type { ActParts, Folded } from '../acts.ts';
import { derivedCommandId } from '../derived-id.ts';

type Parts = Pick<ActParts, 'db' | 'run'>;
type Cause = { readonly id: RecordId; readonly version: number; readonly at: number };
type Marking = (problem: Problem, written: readonly KnownError[]) => readonly ProblemAct[];

const MOVES: ReadonlySet<KnowledgeEvent['type']> = new Set(['published', 'retired', 'superseded']);

/** After what happened to a known error. */
export async function markKnownProblems(
  parts: Parts,
  { before, after, recorded }: Folded<KnownError, KnowledgeEvent>,
): Promise<void> {
  if (!MOVES.has(recorded.event.type)) return;
  const [helped, helps] = [problemHelped(before), problemHelped(after)];
  const cause = { id: after.id, version: recorded.version, at: recorded.at };
  if (helped !== null && helped !== helps) await mark(parts, helped, noLongerKnown, cause);
  if (helps !== null) await mark(parts, helps, onceKnown, cause);
}

/** After a problem took in a duplicate, of which a known error may be published. */
export function markTakenIn(parts: Parts, survivor: RecordId, cause: Cause): Promise<void> {
  return mark(parts, survivor, onceKnown, cause);
}

async function mark({ db, run }: Parts, named: RecordId, marking: Marking, cause: Cause): Promise<void> {
  const problem = await goingOnIn(db, named);
  if (problem === null) return;
  const acts = marking(problem, await writtenOf(db, problem.id));
  for (const { verb, ...args } of acts) {
    const id = derivedCommandId(`event:${cause.id}:${cause.version}:${verb}:${problem.id}`, cause.at);
    const command = { type: `problem.${verb}`, target: problem.id, args, basis: problem.version };
    await run({ id, ...command, clientAt: cause.at }, SYSTEM_ACTOR);
  }
}

/** A problem, or the one that it goes on in. Rules forbid circles; one in damaged data ends the walk. */
async function goingOnIn(db: Kysely<Database>, named: RecordId): Promise<Problem | null> {
  const { rows } = await sql<{ data: string }>`
    with recursive chain (id) as (
      select ${named}
      union
      select problem.data ->> '$.duplicateOf' from problem join chain on chain.id = problem.id
      where problem.data ->> '$.duplicateOf' is not null
    )
    select data from problem join chain on chain.id = problem.id where data ->> '$.duplicateOf' is null
  `.execute(db);
  const [row] = rows;
  return row === undefined ? null : problemOf(row);
}

/** What is published of a problem and of all that went on in it. */
async function writtenOf(db: Kysely<Database>, problem: RecordId): Promise<readonly KnownError[]> {
  const { rows } = await sql<{ data: string }>`
    with recursive same (id) as (
      select ${problem}
      union
      select taken.value from same join problem on problem.id = same.id,
        json_each(problem.data, '$.duplicates') as taken
    )
    select data from known_error
    where state = 'published' and data ->> '$.published.content.problem' in (select id from same)
  `.execute(db);
  return rows.map(knownErrorOf);
}
