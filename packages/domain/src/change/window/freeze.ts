import { occurrencesBetween } from '../../shared/index.ts';
import type { Instant, Opening } from '../../shared/index.ts';
import type { Dependencies, ItemId } from '../model/items.ts';
import { isForAll, isForItem, isForModel } from './window.ts';
import type { ChangeWindow } from './window.ts';

/** A freeze that lies over a stretch of time for some of the items asked for. */
export interface FreezeHit {
  readonly window: ChangeWindow;
  /** Empty for a freeze of everything over a change that names nothing. */
  readonly items: readonly ItemId[];
  /** The first occurrence that overlaps. */
  readonly during: Opening;
}

export interface FreezeQuestion {
  readonly model: string;
  readonly items: readonly ItemId[];
  readonly from: Instant;
  readonly to: Instant;
}

/**
 * The freezes over a stretch, for these items.
 *
 * @param zone The organisation's, for what floats and has no zone of its own
 */
export function freezesOver(
  windows: readonly ChangeWindow[],
  { model, items: named, from, to }: FreezeQuestion,
  dependencies: Dependencies,
  zone: string,
): readonly FreezeHit[] {
  const items = [...new Set(named.map(dependencies.stayingOf))];
  const hits: FreezeHit[] = [];
  for (const window of windows) {
    if (window.kind !== 'freeze' || !isForModel(window, model)) continue;
    const { when } = window;
    const fixed = when.zone === null ? null : occurrencesBetween(when, from, to, zone)[0];
    // What goes by a zone of its own is at the same time for all items.
    if (fixed === undefined) continue;
    const during = (item: ItemId | null): Opening | undefined =>
      fixed ??
      occurrencesBetween(when, from, to, (item === null ? null : dependencies.zoneOf(item)) ?? zone)[0];
    const hit = itemsFor(window, items, dependencies).filter((item) => during(item) !== undefined);
    const stretch =
      hit[0] !== undefined || (items.length === 0 && isForAll(window)) ? during(hit[0] ?? null) : undefined;
    if (stretch !== undefined) hits.push({ window, items: hit, during: stretch });
  }
  return hits;
}

/**
 * The items that a window is for. Those that stand in for one another are named when their service falls with all of
 * them, though it would not with any.
 */
function itemsFor(
  window: ChangeWindow,
  items: readonly ItemId[],
  dependencies: Dependencies,
): readonly ItemId[] {
  const each = items.filter((item) => isForItem(window, item, dependencies));
  if (each.length > 0 || window.services === null || items.length < 2) return each;
  const takeDown = (some: readonly ItemId[]) =>
    dependencies.servicesOf(some).some((service) => window.services?.includes(service));
  if (!takeDown(items)) return [];
  const ofClass = items.filter((item) => isForItem({ ...window, services: null }, item, dependencies));
  const needed = ofClass.filter((item) => !takeDown(items.filter((other) => other !== item)));
  return needed.length > 0 ? needed : ofClass;
}
