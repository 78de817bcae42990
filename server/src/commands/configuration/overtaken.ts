/** Retirements that arrived before an incident which was written earlier and names the item. */
import { isRetired } from '@muster/domain/configuration';
import type { ItemState } from '@muster/domain/configuration';
import { recordId } from '@muster/domain/shared';
import type { CommandEnvelope } from '@muster/domain/shared';
import type { Kysely } from 'kysely';
import type { Database } from '../../store/schema.ts';
import { derivedCommandId } from '../derived-id.ts';
import type { RecordChange } from '../projection.ts';

/** The commands `item.suspend` that are due: on items that were named just now although they are retired (CFG-26). */
export async function retirementsOvertaken(
  db: Kysely<Database>,
  written: readonly RecordChange[],
  now: number,
): Promise<readonly CommandEnvelope[]> {
  const commands: CommandEnvelope[] = [];
  for (const { after, recorded, imported } of written) {
    if (after.process !== 'incident' || imported) continue;
    const named = recorded.flatMap(({ event }) => (event.type === 'items-named' ? event.added : []));
    if (named.length === 0) continue;
    const rows = await db
      .selectFrom('configuration_item')
      .select(['id', 'state'])
      .where('id', 'in', named)
      .execute();
    for (const { id: item, state } of rows) {
      if (!isRetired(state as ItemState)) continue;
      const id = derivedCommandId(`overtaken:${after.id}:${after.version}:${item}`, now);
      // all of its history is looked at, for who retired it and what it was
      commands.push({
        ...{ id, type: 'item.suspend', target: recordId(item), args: {}, basis: 0, clientAt: now },
      });
    }
  }
  return commands;
}
