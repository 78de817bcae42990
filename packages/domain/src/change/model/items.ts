/** The things that changes touch, and how they hang together: a lookup that the caller passes in. */
import type { ItemId, ServiceId } from '../../shared/index.ts';

export type { ItemId };

/** As far as a caller looks: parents and children may be the nearest ones or all. */
export interface Dependencies {
  readonly isKnown: (item: ItemId) => boolean;
  /** Gone for those who work with it: no new change may name it. */
  readonly isRetired: (item: ItemId) => boolean;
  /** What the item is a part of or hangs on. */
  readonly parentsOf: (item: ItemId) => readonly ItemId[];
  /** What is a part of it or hangs on it. */
  readonly childrenOf: (item: ItemId) => readonly ItemId[];
  readonly classOf: (item: ItemId) => string | null;
  /** The services that it reaches, itself when it is one. */
  readonly servicesOf: (item: ItemId) => readonly ServiceId[];
  /** Whose clock floating windows go by; null for that of the organisation. */
  readonly zoneOf: (item: ItemId) => string | null;
  /** Another one whenever answers may be others; left out where they never are. */
  readonly version?: () => number;
}

/** Where nothing but services is known: each stands alone. */
export function servicesAlone(services: ReadonlyMap<ServiceId, unknown>): Dependencies {
  const isService = (item: ItemId): item is ServiceId => services.has(item as ServiceId);
  return {
    isKnown: isService,
    isRetired: () => false,
    parentsOf: () => [],
    childrenOf: () => [],
    classOf: (item) => (isService(item) ? 'service' : null),
    servicesOf: (item) => (isService(item) ? [item] : []),
    zoneOf: () => null,
  };
}
