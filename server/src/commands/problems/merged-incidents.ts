/** Problems that name an incident which was merged go on with the one that it went on in. */
import { onceMerged } from '@muster/domain/flows';
import { namedIncidents } from '@muster/domain/problem';
import type { Problem, ProblemAct } from '@muster/domain/problem';
import type { CommandEnvelope, RecordId, Ticket } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { problemOf } from '../../store/problems.ts';
import type { Database } from '../../store/schema.ts';
import { derivedCommandId } from '../derived-id.ts';
import type { RecordChange } from '../projection.ts';
import { incidentsOf } from './problem-facts.ts';

/** How far a chain of merges is followed; rules forbid cycles, this bounds a damaged one. */
const MAX_CHAIN = 50;

/** The commands of problems that follow, each once for its merge. */
export async function linksFollowing(
  db: Kysely<Database>,
  written: readonly RecordChange[],
): Promise<readonly CommandEnvelope[]> {
  const commands: CommandEnvelope[] = [];
  for (const { after, recorded } of written) {
    if (after.process !== 'incident') continue;
    for (const { event, version, at } of recorded) {
      if (event.type !== 'merged') continue;
      const survivor = (await incidentsOf(db, [event.into])).get(event.into);
      if (survivor === undefined) continue;
      for (const problem of await problemsNaming(db, after.id))
        commands.push(
          ...linking(problem, onceMerged(problem, after.id, survivor), `event:${after.id}:${version}`, at),
        );
    }
  }
  return commands;
}

/** The commands of a problem that names incidents which were merged before: it was linked, or taken up again, later. */
export async function linksOvertaken(
  db: Kysely<Database>,
  problem: Problem,
  { cause, at }: { readonly cause: string; readonly at: number },
): Promise<readonly CommandEnvelope[]> {
  const commands: CommandEnvelope[] = [];
  const named = await incidentsOf(db, namedIncidents(problem));
  let names = problem.incidents;
  for (const merged of named.values()) {
    const survivor = await survivorOf(db, merged);
    if (survivor === merged) continue;
    const acts = onceMerged({ ...problem, incidents: names }, merged.id, survivor);
    commands.push(...linking(problem, acts, `${cause}:${merged.id}`, at));
    if (acts.length > 0)
      names = [...names.filter((each) => each !== merged.id && each !== survivor.id), survivor.id];
  }
  return commands;
}

async function survivorOf(db: Kysely<Database>, merged: Ticket): Promise<Ticket> {
  let last = merged;
  for (let step = 0; last.mergedInto !== null && step < MAX_CHAIN; step += 1) {
    const next = (await incidentsOf(db, [last.mergedInto])).get(last.mergedInto);
    if (next === undefined) break;
    last = next;
  }
  return last;
}

function linking(
  { id: target, version: basis }: Problem,
  acts: readonly ProblemAct[],
  cause: string,
  at: number,
): readonly CommandEnvelope[] {
  return acts.map(({ verb, ...args }) => {
    const id = derivedCommandId(`${cause}:${verb}:${target}`, at);
    return { id, type: `problem.${verb}`, target, args, basis, clientAt: at };
  });
}

/** Problems that named an incident at any time. */
async function problemsNaming(db: Kysely<Database>, incident: RecordId) {
  const rows = await db
    .selectFrom('problem_incident')
    .innerJoin('problem', 'problem.key', 'problem_incident.problem')
    .select('problem.data')
    .where('problem_incident.incident', '=', incident)
    .orderBy('problem.key')
    .execute();
  return rows.map(problemOf);
}
