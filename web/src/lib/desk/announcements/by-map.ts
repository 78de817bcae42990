/** What the map says of the services of an announcement that names items. */
import type { DependencyMap } from '@muster/domain/configuration';
import { servicesFalling } from '@muster/domain/flows';
import type { Announcement } from '@muster/domain/desk';
import { recordId } from '@muster/domain/shared';
import type { Directory, ServiceId } from '@muster/domain/shared';

type Services = Directory['services'];

/** The services that fall with all of these items at once. */
export function fallingWith(map: DependencyMap, items: readonly string[]): readonly ServiceId[] {
  const known = items.map(recordId).filter((item) => map.itemOf(item) !== undefined);
  return known.length === 0 ? [] : servicesFalling(map, known);
}

interface Named {
  readonly items: readonly string[];
  readonly services: readonly string[];
}

/**
 * What is named after other items were chosen. Services that fall with them now are proposed, those that fell with the
 * ones before and do not any more are taken back; what its author chose or took out otherwise stays so. A service that
 * was found among the items is a service.
 */
export function withItems(
  before: Named,
  chosen: readonly string[],
  known: Services,
  map: DependencyMap | null,
): Named {
  const isService = (id: string) => known.has(id as ServiceId);
  const items = chosen.filter((id) => !isService(id));
  const [was, is] = [before.items, items].map((each) => (map === null ? [] : fallingWith(map, each)));
  const gone = new Set<string>(was?.filter((service) => is?.includes(service) !== true));
  const come = is?.filter((service) => was?.includes(service) !== true) ?? [];
  const kept = before.services.filter((service) => !gone.has(service));
  return { items, services: [...new Set<string>([...kept, ...chosen.filter(isService), ...come])] };
}

/** The services of an announcement that fall with its items, and those that do and are not named. */
export function toldByMap(
  map: DependencyMap,
  { items = [], services }: Pick<Announcement, 'items' | 'services'>,
): { readonly named: readonly ServiceId[]; readonly left: readonly ServiceId[] } {
  const falling = fallingWith(map, items);
  return {
    named: falling.filter((service) => services.includes(service)),
    left: falling.filter((service) => !services.includes(service)),
  };
}
