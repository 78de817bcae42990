/**
 * When two items became one, the relations of the other go, and those that may stand come anew with the one that stays,
 * in the transaction of the joining. What sources of imports call the other stays with it: an import follows the link,
 * and finds the other again when the joining is taken back.
 */
import type { ConfigurationItem, ItemEvent } from '@muster/domain/configuration';
import { SYSTEM_ACTOR, recordId } from '@muster/domain/shared';
import type { Recorded } from '@muster/domain/shared';
import { readStoreSecret } from '../../store/store-secret.ts';
import { derivedCommandId, sealedId } from '../derived-id.ts';
import type { ConfigurationParts } from './configuration-parts.ts';
import { actOnRelations } from './relations-together.ts';
import type { RelationStep } from './relations-together.ts';

export async function moveJoined(
  parts: ConfigurationParts,
  stays: ConfigurationItem,
  { event, version, at }: Recorded<ItemEvent>,
): Promise<void> {
  if (event.type !== 'joined') return;
  const secret = await readStoreSecret(parts.db);
  const movedId = (relation: string) =>
    recordId(sealedId(derivedCommandId(`event:${stays.id}:${version}:moved:${relation}`, at), secret));
  const gone = [...event.moved, ...event.dropped].map(({ relation }): RelationStep => ({
    target: recordId(relation),
    act: { verb: 'remove' },
  }));
  const anew = event.moved.map(({ relation, as: type, from, to }): RelationStep => ({
    target: movedId(relation),
    act: { verb: 'add', type, from, to },
  }));
  await actOnRelations(parts, [...gone, ...anew], { actor: SYSTEM_ACTOR, at, clientAt: at });
}
