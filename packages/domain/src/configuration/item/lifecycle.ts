/** CI of A8: what may become of an item. */

export const ITEM_STATES = [
  'planned',
  'ordered',
  'in_stock',
  'implementation',
  'in_service',
  'maintenance',
  'retired',
  'disposed',
] as const;

export type ItemState = (typeof ITEM_STATES)[number];

/** A step of the life cycle. What is bought, made or found may enter it anywhere before its end. */
export const ITEM_TRANSITIONS: Readonly<Record<ItemState, readonly ItemState[]>> = {
  planned: ['ordered', 'in_stock', 'implementation', 'retired'],
  ordered: ['in_stock', 'implementation', 'retired'],
  in_stock: ['implementation', 'in_service', 'retired'],
  implementation: ['in_service', 'in_stock', 'retired'],
  in_service: ['maintenance', 'in_stock', 'retired'],
  maintenance: ['in_service', 'in_stock', 'retired'],
  retired: ['in_service', 'in_stock', 'disposed'],
  disposed: [],
};

/** Whether the item is gone for those who work with it: no new incident and no new change may name it. */
export function isRetired(state: ItemState): boolean {
  return state === 'retired' || state === 'disposed';
}

/** Whether the item runs: what does not, carries nothing and falls with nothing. */
export function isRunning(state: ItemState): boolean {
  return state === 'in_service' || state === 'maintenance';
}

/** Reinstating what was retired is not done without saying why. */
export function needsReason(from: ItemState, to: ItemState): boolean {
  return from === 'retired' && to !== 'disposed';
}

export function mayStep(from: ItemState, to: ItemState): boolean {
  return ITEM_TRANSITIONS[from].includes(to);
}
