/** The things that changes touch, and how they hang together: a lookup that the caller passes in. */
import type { ItemId, ServiceId } from '../../shared/index.ts';

export type { ItemId };

/** As far as a caller looks: parents and children may be the nearest ones or all. */
export interface Dependencies {
  readonly isKnown: (item: ItemId) => boolean;
  /** Gone for those who work with it: no new change may name it. */
  readonly isRetired: (item: ItemId) => boolean;
  /** The item that stands for one that was joined into another; any other stands for itself. */
  readonly stayingOf: (item: ItemId) => ItemId;
  /** What was joined into it: changes go on naming that. */
  readonly joinedInto: (item: ItemId) => readonly ItemId[];
  /** What the item is a part of or hangs on. */
  readonly parentsOf: (item: ItemId) => readonly ItemId[];
  /** What is a part of it or hangs on it. */
  readonly childrenOf: (item: ItemId) => readonly ItemId[];
  readonly classOf: (item: ItemId) => string | null;
  /** The services that fall with all of these at once, themselves when they are some: two that stand in for one another do together. */
  readonly servicesOf: (items: readonly ItemId[]) => readonly ServiceId[];
  /** Whose clock floating windows go by; null for that of the organisation. */
  readonly zoneOf: (item: ItemId) => string | null;
  /** Another one whenever answers may be others; left out where they never are. */
  readonly version?: () => number;
}
