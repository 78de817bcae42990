/** The relations that an import would make, among its rows and to what its source brought before. */
import type { ItemId } from '../../shared/index.ts';
import { stayingOf } from '../item/staying.ts';
import { DependencyMap } from '../map/dependency-map.ts';
import type { Relation } from '../map/dependency-map.ts';
import { faultOfRelation } from '../relation/govern.ts';
import type { Governance, RelationFault } from '../relation/govern.ts';
import type { Imported, RowFault } from './imported.ts';
import type { ImportPlan, PlannedItem, PlannedRelation, ReplacedRelation } from './plan.ts';
import { IMPORTED_STATE } from './present.ts';
import type { Present } from './present.ts';
import { className } from './words.ts';

interface PlannedSoFar {
  readonly idOfKey: ReadonlyMap<string, ItemId>;
  readonly made: readonly PlannedItem[];
  readonly faults: RowFault[];
}

export function planRelations(
  { relations, keysCalled }: Imported,
  present: Present,
  { idOfKey, made, faults }: PlannedSoFar,
): Pick<ImportPlan, 'related' | 'relationsLeft' | 'replaced'> {
  const map = new DependencyMap(present.types, present.items.values(), present.relations);
  for (const { id, from } of made)
    map.put({
      id,
      class: from.class,
      state: from.state ?? IMPORTED_STATE,
      redundancy: from.redundancy ?? [],
    });
  // what the source brought before is there, whether or not this file names it again
  const endOf = (key: string): ItemId | undefined => {
    const before = present.known.get(key);
    const known = before === undefined ? undefined : stayingOf(before, (each) => present.items.get(each));
    return idOfKey.get(key) ?? known;
  };
  const related: PlannedRelation[] = [];
  const replaced: ReplacedRelation[] = [];
  let relationsLeft = 0;
  for (const { line, type, from, to, instead = [] } of relations) {
    const [one, other] = [endOf(from), endOf(to)];
    const what = `${from} ${present.types.get(type)?.name.toLowerCase() ?? type} ${to}`;
    if (one === undefined || other === undefined) {
      faults.push({
        line,
        what,
        reason: missingWords(one === undefined ? from : to, keysCalled),
      });
      continue;
    }
    const before = instead.flatMap((each): readonly Relation[] => {
      const [first, second] = [endOf(each.from), endOf(each.to)];
      if (first === undefined || second === undefined) return [];
      const was = map.relationBetween(first, each.type, second);
      return was !== undefined && present.isOwn(was) ? [was] : [];
    });
    for (const { id } of before) map.unrelate(id);
    const by = { type, from: one, to: other };
    const fault = faultOfRelation(map, by, present);
    if (fault !== null && fault.fault !== 'related-already') {
      faults.push({ line, what, reason: relationWords(fault, present) });
      for (const was of before) map.relate(was);
      continue;
    }
    replaced.push(...before.map((was) => ({ was, by })));
    if (fault !== null) relationsLeft += 1;
    else {
      related.push(by);
      map.relate({ id: `${type} ${one} ${other}`, ...by });
    }
  }
  return { related, relationsLeft, replaced };
}

function missingWords(key: string, keysCalled: string | undefined): string {
  return keysCalled === undefined
    ? `"${key}" is not among what could be taken`
    : `no row that could be taken has the ${keysCalled} or the name "${key}"`;
}

function relationWords(
  fault: Exclude<RelationFault, { fault: 'related-already' }>,
  governance: Governance,
): string {
  switch (fault.fault) {
    case 'unknown-type':
      return `there is no relation "${fault.type}"`;
    case 'unknown-item':
      return 'one of its ends is not there';
    case 'to-itself':
      return 'it would be related to itself';
    case 'not-allowed':
      return `${className(governance, fault.from)} and ${className(governance, fault.to)} are not related in this way`;
    case 'circle':
      return `it would close a circle of ${fault.items.length}`;
  }
}
