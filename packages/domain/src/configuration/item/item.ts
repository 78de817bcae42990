/** A configuration item: anything that must be managed to deliver a service. */
import type { Instant, ItemId, PersonId, TeamId } from '../../shared/index.ts';
import type { AttributeValues } from '../class/attribute-value.ts';
import type { ItemState } from './lifecycle.ts';

/** Business criticality, 1 (highest) to 4, as of services. */
export type Criticality = 1 | 2 | 3 | 4;

/**
 * How much of what an item hangs on by one relation must stand: so many of them, or so many of a hundred. Without it
 * any one that falls takes the item with it (A5 row 5).
 */
export interface Redundancy {
  /** Id of the type of relation. */
  readonly relation: string;
  readonly by: 'count' | 'percent';
  /** At least 1. */
  readonly minimum: number;
}

/** A step that waits for a word of whoever answers for the item. */
export interface SuspendedStep {
  readonly to: ItemState;
  readonly reason: string | null;
  readonly by: PersonId;
  readonly at: Instant;
}

/** What people said about how well an item is known. */
export interface ItemCare {
  /** When somebody said that all of it is right; null for never. */
  readonly confirmedAt: Instant | null;
  /** When its owner was last asked to look at it. */
  readonly askedAt: Instant | null;
  /** Items that look the same and are not. */
  readonly different: readonly ItemId[];
}

export const NO_CARE: ItemCare = { confirmedAt: null, askedAt: null, different: [] };

export interface ConfigurationItem {
  readonly id: ItemId;
  /** Number of its events. */
  readonly version: number;
  /** Null in a browser, until the server has given one. */
  readonly number: string | null;
  readonly class: string;
  readonly name: string;
  readonly state: ItemState;
  readonly owner: PersonId | null;
  readonly team: TeamId | null;
  readonly criticality: Criticality | null;
  readonly attributes: AttributeValues;
  readonly redundancy: readonly Redundancy[];
  /** A retirement that waits, because open incidents name the item; null for none. */
  readonly suspended: SuspendedStep | null;
  /** When it was changed or confirmed last. */
  readonly updatedAt: Instant;
  /**
   * When what it says of itself last became another, 0 for never since it was made. Absent as long as it was only made,
   * and where that was not kept yet at its last change.
   */
  readonly changedAt?: Instant;
  /** Absent as long as nothing was said. */
  readonly care?: ItemCare;
  /** The item that it was found to be the same as, and was joined into; absent for any other. */
  readonly sameAs?: ItemId;
}

/** When an item last became another, as far as that is known; null for never since it was made. */
export function lastChangeOf({
  version,
  updatedAt,
  changedAt,
  care,
}: Pick<ConfigurationItem, 'version' | 'updatedAt' | 'changedAt' | 'care'>): Instant | null {
  if (changedAt !== undefined) return changedAt === 0 ? null : changedAt;
  // of one that was changed before that was kept: when something happened to it, but for what is known to be no change
  const isSaid = updatedAt === care?.confirmedAt || updatedAt === care?.askedAt;
  return version > 1 && !isSaid ? updatedAt : null;
}

/**
 * How many of `members` must stand by a redundancy: never more than there are, for what never had them cannot lose
 * them.
 */
export function neededOf({ by, minimum }: Redundancy, members: number): number {
  const needed = by === 'count' ? minimum : Math.ceil((members * minimum) / 100);
  return Math.min(members, Math.max(1, needed));
}
