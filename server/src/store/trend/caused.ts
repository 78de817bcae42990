import { rootCauseOf } from '@muster/domain/problem';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { problemOf } from '../problems.ts';
import type { Database } from '../schema.ts';

/**
 * Which problems stand behind which incidents now (PRB-28). A duplicate has handed its own over, and what was cancelled
 * caused nothing.
 */
export const CAUSED = sql<{ readonly incident: string; readonly problem: string }>`(
  select linked.value as incident, problem.id as problem
  from problem, json_each(problem.data, '$.incidents') as linked
  where problem.state not in ('cancelled', 'duplicate'))`;

/** The root cause of each problem in words; the title of one whose cause nobody knows yet. */
export async function causesOf(
  db: Kysely<Database>,
  problems: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('problem')
    .select(['id', 'data'])
    .where(sql<boolean>`id in (select value from json_each(${JSON.stringify(problems)}))`)
    .execute();
  return new Map(
    rows.map((row) => {
      const problem = problemOf(row);
      const words = rootCauseOf(problem)?.text ?? problem.title;
      return [row.id, problem.number === null ? words : `${problem.number} ${words}`];
    }),
  );
}
