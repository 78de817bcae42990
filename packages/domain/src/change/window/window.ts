/** Maintenance windows, in which things are to be changed, and freezes, in which they are not (A4 row 11). */
import type { Recurrence, ServiceId } from '../../shared/index.ts';
import type { Dependencies, ItemId } from '../model/items.ts';

export const WINDOW_KINDS = ['maintenance', 'freeze'] as const;

export type WindowKind = (typeof WINDOW_KINDS)[number];

/** Data, versioned. */
export interface ChangeWindow {
  readonly id: string;
  readonly version: number;
  readonly name: string;
  readonly kind: WindowKind;
  /** Of a freeze: nothing goes past it. A soft one is overruled with a reason. */
  readonly hard: boolean;
  readonly when: Recurrence;
  /** What it is for: all that is stated must hold; null stands for everything. */
  readonly services: readonly ServiceId[] | null;
  readonly classes: readonly string[] | null;
  /** Models of changes that it is for; a freeze leaves the others alone. */
  readonly models: readonly string[] | null;
}

/** Whether it is for everything there is, named or not. */
export function isForAll({ services, classes }: ChangeWindow): boolean {
  return services === null && classes === null;
}

export function isForModel({ models }: ChangeWindow, model: string): boolean {
  return models === null || models.includes(model);
}

export function isForItem(
  { services, classes }: ChangeWindow,
  item: ItemId,
  { servicesOf, classOf }: Dependencies,
): boolean {
  if (services !== null && !servicesOf([item]).some((service) => services.includes(service))) return false;
  const itemClass = classes === null ? null : classOf(item);
  return classes === null || (itemClass !== null && classes.includes(itemClass));
}
