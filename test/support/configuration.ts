/** Items and relations of a desk, made without a browser. */
import type { ItemFields } from '@muster/domain/configuration';
import type { CommandOutcome, ItemId, RecordId } from '@muster/domain/shared';
import { freshId } from './desk.ts';
import type { Desk } from './desk.ts';

export async function makeItem(
  desk: Desk,
  fields: Pick<ItemFields, 'class' | 'name'> & Partial<ItemFields>,
): Promise<RecordId> {
  const id = freshId();
  await send(desk, 'item.create', id, { fields, state: 'in_service' });
  return id;
}

export async function relate(desk: Desk, from: ItemId, type: string, to: ItemId): Promise<void> {
  await send(desk, 'relation.add', freshId(), { type, from, to });
}

async function send(desk: Desk, type: string, target: RecordId, args: object): Promise<void> {
  const agent = await desk.session('agent@desk.test');
  const [outcome] = await agent.call<CommandOutcome[]>('POST', '/api/commands', [
    { id: freshId(), type, target, args, basis: 0, clientAt: Date.now() },
  ]);
  if (outcome?.outcome !== 'applied') throw new Error(`${type}: ${JSON.stringify(outcome)}`);
}
