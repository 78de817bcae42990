/** For tests: changes where nothing but services is known. Nothing here is used when serving. */
import type { ItemId, ServiceId } from '../../shared/index.ts';
import type { Dependencies } from '../model/items.ts';

/** Each service stands alone. */
export function servicesAlone(services: ReadonlyMap<ServiceId, unknown>): Dependencies {
  const isService = (item: ItemId): item is ServiceId => services.has(item as ServiceId);
  return {
    isKnown: isService,
    isRetired: () => false,
    stayingOf: (item) => item,
    joinedInto: () => [],
    parentsOf: () => [],
    childrenOf: () => [],
    classOf: (item) => (isService(item) ? 'service' : null),
    servicesOf: (items) => [...new Set(items.filter(isService))],
    zoneOf: () => null,
  };
}
