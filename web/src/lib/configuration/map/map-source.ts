/** What the map is drawn from: the configuration as this device holds it, and what is open on its items. */
import type { DependencyMap, ItemClasses, RelationTypes } from '@muster/domain/configuration';
import type { ItemId } from '@muster/domain/shared';
import type { OpenWork } from './face.ts';

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
  /** Services are the directory's and have none of their own. */
  hasPage(id: ItemId): boolean;
  /** Items whose name, number or attributes have the words, the best first. */
  search(words: string): readonly ItemId[];
}
