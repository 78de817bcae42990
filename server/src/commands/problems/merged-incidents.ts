/** Problems that name an incident which was just merged go on with the one that it went on in. */
import { onceMerged } from '@muster/domain/flows';
import type { CommandEnvelope, RecordId } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import { problemOf } from '../../store/problems.ts';
import type { Database } from '../../store/schema.ts';
import { derivedCommandId } from '../derived-id.ts';
import type { RecordChange } from '../projection.ts';
import { incidentsOf } from './problem-facts.ts';

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
      for (const problem of await problemsNaming(db, after.id)) {
        for (const { verb, ...args } of onceMerged(problem, after.id, survivor)) {
          const id = derivedCommandId(`event:${after.id}:${version}:${verb}:${problem.id}`, at);
          const { id: target, version: basis } = problem;
          commands.push({ id, type: `problem.${verb}`, target, args, basis, clientAt: at });
        }
      }
    }
  }
  return commands;
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
