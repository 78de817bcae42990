/** Problems as they are kept. The commands `problem.<verb>` write them. */
import { incidentsIn, nextReminder } from '@muster/domain/problem';
import type { Problem, ProblemEvent } from '@muster/domain/problem';
import { recordId, tokenOf } from '@muster/domain/shared';
import type { RecordId } from '@muster/domain/shared';
import type { Kysely, Selectable } from 'kysely';
import type { ProblemTable, ProblemTextTable } from './schema-problems.ts';
import type { Database } from './schema.ts';

export function problemOf({ data }: { readonly data: string }): Problem {
  return JSON.parse(data) as Problem;
}

/** How long a problem that is over stays on the board; an accepted risk so long after its review. */
export const PROBLEM_STAYS_MS = 365 * 24 * 60 * 60 * 1000;

/** Whether it is an accepted risk that stays on the board, at the time of its last event, for its review. */
export function staysForReview({ state, risk, updatedAt }: Problem): boolean {
  return state === 'risk_accepted' && (risk?.reviewAt ?? 0) + PROBLEM_STAYS_MS >= updatedAt;
}

export type ProblemColumns = Omit<Selectable<ProblemTable>, 'key' | 'id' | 'live'>;

/** The columns that lists and the clock need, of the whole problem in `data`. */
export function problemColumns(problem: Problem): ProblemColumns {
  return {
    number: problem.number,
    version: problem.version,
    state: problem.state,
    title: problem.title,
    priority: problem.priority,
    service: problem.service,
    team: problem.team,
    owner: problem.owner,
    major: problem.major ? 1 : 0,
    known_error: problem.knownError ? 1 : 0,
    made_by: problem.madeBy,
    made_at: problem.madeAt,
    updated_at: problem.updatedAt,
    ended_at: problem.endedAt,
    due_at: nextReminder(problem)?.dueAt ?? null,
    data: JSON.stringify(problem),
  };
}

/** The words that a problem is found by, beside those of its room. */
export function textOfProblem(problem: Problem): Omit<Selectable<ProblemTextTable>, 'rowid' | 'room'> {
  const { number, title, workaround, fix, factors, tasks } = problem;
  const token = tokenOf('problem', problem.id);
  const told = [workaround, fix, ...factors.map(({ text }) => text), ...tasks.map((task) => task.title)];
  return {
    number: number === null ? token : `${number} ${token}`,
    title,
    told: told.filter((words) => words !== '').join('\n'),
  };
}

/** Keeps what is looked up in step with a problem's events; `key` is that of its row. */
export async function keepNamed(
  db: Kysely<Database>,
  key: number,
  events: readonly ProblemEvent[],
): Promise<void> {
  const named = incidentsIn(events).map((incident) => ({ incident, problem: key }));
  if (named.length === 0) return;
  await db
    .insertInto('problem_incident')
    .values(named)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Problems whose clock has run down, the longest ago first. */
export async function problemsDue(
  db: Kysely<Database>,
  now: number,
  most: number,
): Promise<readonly { readonly id: RecordId; readonly version: number; readonly dueAt: number }[]> {
  const rows = await db
    .selectFrom('problem')
    .select(['id', 'version', 'due_at'])
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(most)
    .execute();
  return rows.map(({ id, version, due_at: dueAt }) => ({ id: recordId(id), version, dueAt: dueAt ?? now }));
}
