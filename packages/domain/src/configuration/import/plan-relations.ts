/** The relations that an import would make, among its rows and to what its source brought before. */
import type { ItemId } from '../../shared/index.ts';
import { stayingOf } from '../item/staying.ts';
import { DependencyMap } from '../map/dependency-map.ts';
import { faultOfRelation } from '../relation/govern.ts';
import type { Governance, RelationFault } from '../relation/govern.ts';
import type { Imported, RowFault } from './imported.ts';
import type { PlannedItem, PlannedRelation } from './plan.ts';
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
): { readonly related: readonly PlannedRelation[]; readonly relationsLeft: number } {
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
  let relationsLeft = 0;
  for (const { line, type, from, to } of relations) {
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
    const fault = faultOfRelation(map, { type, from: one, to: other }, present);
    if (fault?.fault === 'related-already') relationsLeft += 1;
    else if (fault !== null) faults.push({ line, what, reason: relationWords(fault, present) });
    else {
      related.push({ type, from: one, to: other });
      map.relate({ id: `${type} ${one} ${other}`, type, from: one, to: other });
    }
  }
  return { related, relationsLeft };
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
