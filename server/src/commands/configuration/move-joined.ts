/**
 * When two items became one, the relations of the other go, and those that may stand come anew with the one that stays:
 * by the commands that people have, in the transaction of the joining. What sources of imports call the other they call
 * the one that stays from now on.
 */
import type { ConfigurationItem, ItemEvent } from '@muster/domain/configuration';
import { SYSTEM_ACTOR, recordId } from '@muster/domain/shared';
import type { RecordId, Recorded } from '@muster/domain/shared';
import { readStoreSecret } from '../../store/store-secret.ts';
import type { ActParts } from '../acts.ts';
import { derivedCommandId, sealedId } from '../derived-id.ts';

export async function moveJoined(
  parts: ActParts,
  stays: ConfigurationItem,
  { event, version, at }: Recorded<ItemEvent>,
): Promise<void> {
  if (event.type !== 'joined') return;
  const derive = (part: string) => derivedCommandId(`event:${stays.id}:${version}:${part}`, at);
  const run = async (type: string, target: RecordId, args: object, basis: number) => {
    const command = { id: derive(`${type}:${target}`), type, target, args, basis, clientAt: at };
    const outcome = await parts.run(command, SYSTEM_ACTOR);
    // it was decided on the same map: half of a joining is worse than none
    if (outcome.outcome !== 'applied') throw new Error(`${type} of a joining was not applied`);
  };
  for (const { relation } of [...event.moved, ...event.dropped])
    await run('relation.remove', recordId(relation), {}, 1);
  const secret = await readStoreSecret(parts.db);
  for (const { relation, as: type, from, to } of event.moved)
    await run('relation.add', recordId(sealedId(derive(`moved:${relation}`), secret)), { type, from, to }, 0);
  await parts.db
    .updateTable('configuration_origin')
    .set({ item: stays.id })
    .where('item', '=', event.other)
    .execute();
}
