/** What changes say of incidents that were just restricted: that there is one, and not which. */
import { isRestricted } from '@muster/domain/shared';
import type { CommandEnvelope } from '@muster/domain/shared';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { changeOf } from '../../store/changes.ts';
import type { Database } from '../../store/schema.ts';
import { derivedCommandId } from '../derived-id.ts';
import type { RecordChange } from '../projection.ts';

/** The commands `change.hide-caused` that are due, each once for the version that restricted its incident. */
export async function hidingFollowing(
  db: Kysely<Database>,
  written: readonly RecordChange[],
  now: number,
): Promise<readonly CommandEnvelope[]> {
  const commands: CommandEnvelope[] = [];
  for (const { before, after } of written) {
    if (before === null || isRestricted(before) || !isRestricted(after)) continue;
    const { rows } = await sql<{ data: string }>`
      select data from change where exists (
        select 1 from json_each(change.data, '$.caused') as named
        where json_extract(named.value, '$.incident') = ${after.id}
      )
    `.execute(db);
    for (const { id: target, version: basis } of rows.map(changeOf)) {
      const id = derivedCommandId(`restricted:${after.id}:${after.version}:${target}`, now);
      const args = { incident: after.id };
      commands.push({ id, type: 'change.hide-caused', target, args, basis, clientAt: now });
    }
  }
  return commands;
}
