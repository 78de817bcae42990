import { isKindOf } from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';
import type { MapSource } from './map-source.ts';

/** Whether a node is a service of the directory, which has no page of its own as an item. */
export function isServiceId({ map, classes }: Pick<MapSource, 'map' | 'classes'>, id: ItemId): boolean {
  return isKindOf(classes, map.itemOf(id)?.class ?? '', 'service');
}
