import {
  canReadProblems,
  incidentsIn,
  problemEventsWithoutHidden,
  problemWithoutHidden,
} from '@muster/domain/problem';
import type { Problem, ProblemEvent } from '@muster/domain/problem';
import type { Actor, RecordId, Recorded } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { recordedOf } from '../../commands/events.ts';
import { problemOf } from '../problems.ts';
import type { Database } from '../schema.ts';
import { hiddenAmong } from './hidden.ts';
import { clampLimit, decodeCursor, pageOf } from './page.ts';
import type { Page } from './page.ts';
import { mayReadAsStaff } from './records.ts';
import { findByReference } from './releases.ts';
import { matchExpression, wordsOf } from './words.ts';

/** What a list of problems may be narrowed by; what is left out does not narrow. */
export interface ProblemFilter {
  readonly state?: string;
  readonly service?: string;
  readonly team?: string;
  readonly owner?: string;
  /** An incident that it is linked to. */
  readonly incident?: string;
  /** Words of its number, title, causes, workaround, fix, tasks or room. */
  readonly q?: string;
}

const NOTHING = { items: [], next: null };

/** Problems, newest change first, archived ones too; none for whoever may not read them. */
export async function listProblems(
  db: Kysely<Database>,
  actor: Actor,
  { q, incident, ...columns }: ProblemFilter,
  cursor: string | null,
  limit: number,
): Promise<Page<{ readonly record: Problem }>> {
  if (!canReadProblems(actor)) return NOTHING;
  // whoever may not read the incident learns nothing of what it is linked to
  if (incident !== undefined && !(await mayReadAsStaff(db, actor, incident as RecordId))) return NOTHING;
  const size = clampLimit(limit);
  const place = decodeCursor(cursor);
  let query = db
    .selectFrom('problem')
    .select('data')
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .limit(size + 1);
  if (place !== null)
    query = query.where(sql<boolean>`(problem.updated_at, problem.id) < (${place.updatedAt}, ${place.id})`);
  for (const column of ['state', 'service', 'team', 'owner'] as const) {
    const value = columns[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  if (incident !== undefined)
    query = query.where(
      sql<boolean>`exists (select 1 from json_each(problem.data, '$.incidents') as linked where linked.value = ${incident})`,
    );
  if (q !== undefined) {
    const words = wordsOf(q);
    if (words.length === 0) return NOTHING;
    query = query.where(
      sql<boolean>`problem.key in (select rowid from problem_text where problem_text match ${matchExpression(words, null)})`,
    );
  }
  const problems = (await query.execute()).map(problemOf);
  const isHidden = await hiddenAmong(db, actor, problems.flatMap(named));
  return pageOf(
    problems.map((problem) => ({ record: problemWithoutHidden(problem, isHidden) })),
    size,
  );
}

/** A problem, by its id or number, and its history; null for what is not there and for whoever may not read it. */
export async function readProblem(
  db: Kysely<Database>,
  actor: Actor,
  reference: string,
): Promise<{ readonly problem: Problem; readonly events: readonly Recorded<ProblemEvent>[] } | null> {
  if (!canReadProblems(actor)) return null;
  const id = await findByReference(db, 'problem', reference);
  if (id === null) return null;
  const row = await db.selectFrom('problem').select('data').where('id', '=', id).executeTakeFirstOrThrow();
  const problem = problemOf(row);
  const rows = await db
    .selectFrom('event')
    .selectAll()
    .where('record', '=', id)
    .where('version', '<=', problem.version)
    .orderBy('version')
    .execute();
  const events = rows.map((each) => recordedOf<ProblemEvent>(each));
  const all = [...named(problem), ...incidentsIn(events.map(({ event }) => event))];
  const isHidden = await hiddenAmong(db, actor, all);
  return {
    problem: problemWithoutHidden(problem, isHidden),
    events: problemEventsWithoutHidden(events, isHidden),
  };
}

function named({ incidents, origin, told }: Problem): readonly (RecordId | null)[] {
  return [...incidents, origin.incident, ...(told?.incidents ?? [])];
}
