/** For tests of imports: what a file says, and what there is. */
import { recordId } from '../../shared/index.ts';
import type { ItemId } from '../../shared/index.ts';
import { DEFAULT_CLASSES } from '../class/default-classes.ts';
import type { ImportPlan } from '../import/plan.ts';
import type { Imported, ImportedItem } from '../import/imported.ts';
import type { Present } from '../import/present.ts';
import type { ConfigurationItem } from '../item/item.ts';
import { DEFAULT_RELATION_TYPES } from '../relation/default-types.ts';

export const id = (name: string): ItemId => recordId(name);

export const file = (
  items: readonly Partial<ImportedItem>[],
  relations: Imported['relations'] = [],
): Imported => ({
  source: 'test',
  items: items.map((each, place) => ({
    ...{ line: place + 1, key: each.name ?? `row ${place + 1}`, class: 'server', name: '', attributes: {} },
    ...each,
  })),
  relations,
  faults: [],
});

export const item = (name: string, more: Partial<ConfigurationItem> = {}): ConfigurationItem => ({
  ...{ id: id(name), version: 1, number: null, class: 'server', name, state: 'in_service', owner: null },
  ...{ team: null, criticality: null, attributes: {}, redundancy: [], suspended: null, updatedAt: 0 },
  ...more,
});

export const there = (items: readonly ConfigurationItem[] = [], more: Partial<Present> = {}): Present => ({
  ...{ classes: DEFAULT_CLASSES, types: DEFAULT_RELATION_TYPES, relations: [], known: new Map() },
  items: new Map(items.map((each) => [each.id, each])),
  idOf: (key) => id(`new ${key}`),
  isOwn: () => false,
  ...more,
});

export const reasons = ({ faults }: ImportPlan) =>
  faults.map(({ line, what, reason }) => `${line} ${what}: ${reason}`);
