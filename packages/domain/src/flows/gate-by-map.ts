/** Which changes may be of a service, by the map: how the gate for machines finds those that name none. */
import { dependenciesOf } from '../configuration/index.ts';
import type { DependencyMap } from '../configuration/index.ts';
import type { ItemId } from '../shared/index.ts';

/** What the service hangs on, itself among it: a change that touches nothing of it does not take the service down. */
export function mayTakeDown(map: DependencyMap, service: ItemId): readonly ItemId[] {
  const near = [map.stayingOf(service), ...dependenciesOf(map, service).keys()];
  // changes that name what was joined into one of them are of it too
  return near.flatMap((item) => [item, ...map.joinedInto(item)]);
}
