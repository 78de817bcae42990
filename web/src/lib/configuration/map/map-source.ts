/** What the map is drawn from: the configuration as this device holds it, and what is open on its items. */
import type { DependencyMap, ItemClasses, RelationTypes } from '@muster/domain/configuration';
import type { ItemId, RecordId } from '@muster/domain/shared';
import type { OpenWork } from './face.ts';

/** An incident that is worked on, or a change that is not over. */
export interface OpenRecord {
  readonly id: RecordId;
  readonly href: string;
  readonly number: string;
  readonly title: string;
}

export interface OpenRecords {
  readonly incidents: readonly OpenRecord[];
  readonly changes: readonly OpenRecord[];
}

export interface MapSource {
  /** Changes in place; read `revision` beside it. */
  readonly map: DependencyMap;
  /** Another after every change of the map or of a name. Subscribes. */
  readonly revision: number;
  readonly classes: ItemClasses;
  readonly types: RelationTypes;
  nameOf(id: ItemId): string;
  /** Subscribes to what is open. */
  workOf(id: ItemId): OpenWork;
  /** What is open on any of these, each once. Subscribes to it. */
  openOn(ids: ReadonlySet<ItemId>): OpenRecords;
  /** Services are the directory's and have none of their own. */
  hasPage(id: ItemId): boolean;
  /** Items whose name, number or attributes have the words, the best first. */
  search(words: string): readonly ItemId[];
}
