import { DEFAULT_CLASSES, DEFAULT_RELATION_TYPES } from '@muster/domain/configuration';
import type { DependencyMap, MappedItem, Relation } from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';
import type { OpenWork } from '../map/face.ts';
import type { MapSource, OpenRecords } from '../map/map-source.ts';

/** A map that a test changes as somebody else would. */
export class MapSourceTrial implements MapSource {
  readonly classes = DEFAULT_CLASSES;
  readonly types = DEFAULT_RELATION_TYPES;
  readonly map: DependencyMap;
  readonly work = new Map<ItemId, OpenWork>();
  #revision = $state(0);

  constructor(map: DependencyMap) {
    this.map = map;
  }

  get revision(): number {
    return this.#revision;
  }

  nameOf(id: ItemId): string {
    return id;
  }

  workOf(id: ItemId): OpenWork {
    return this.work.get(id) ?? { incidents: 0, changes: 0 };
  }

  openOn(): OpenRecords {
    return { incidents: [], changes: [] };
  }

  hasPage(id: ItemId): boolean {
    return this.map.itemOf(id)?.class !== 'service';
  }

  search(words: string): readonly ItemId[] {
    return [...this.map.ids()].filter((id) => id.includes(words));
  }

  put(item: MappedItem): void {
    this.map.put(item);
    this.#revision += 1;
  }

  relate(relation: Relation): void {
    this.map.relate(relation);
    this.#revision += 1;
  }
}
