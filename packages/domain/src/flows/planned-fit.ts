/**
 * Whether what a change plans for an item is something that the item may say, asked while it is planned. What others
 * say by the time it is applied, of it or of what shares its identity, is seen then.
 */
import { ATTRIBUTE_PREFIX, REDUNDANCY_PREFIX, neededByWord } from '../change/index.ts';
import type { PlannedUnfit, PlannedValue } from '../change/index.ts';
import {
  SERVICE_CLASS,
  attributesOf,
  faultOfEditAlone,
  faultOfRelation,
  faultOfStepAlone,
  isKindOf,
} from '../configuration/index.ts';
import type { DependencyMap, Governance, ItemEdit, RelatedMap } from '../configuration/index.ts';
import type { Directory } from '../shared/index.ts';

export interface PlannedRules extends Governance {
  readonly map: Pick<DependencyMap, 'itemOf' | 'stayingOf'>;
}

/** Null when it fits, and for what is not known here. */
export function unfitOfPlanned(
  value: PlannedValue,
  directory: Pick<Directory, 'people' | 'teams'>,
  rules: PlannedRules,
): PlannedUnfit | null {
  if (value.kind === 'relate') return unfitOfRelation(value, rules);
  if (value.kind === 'unrelate') return null;
  const { item } = value;
  const found = rules.map.itemOf(rules.map.stayingOf(item));
  const field = value.kind === 'step' ? 'state' : value.field;
  // services are the directory's: nothing is planned for them as for items
  if (found !== undefined && isKindOf(rules.classes, found.class, SERVICE_CLASS))
    return {
      item,
      field,
      called: null,
      why: { code: 'configuration/service-of-directory', class: found.class },
    };
  if (value.kind === 'step') {
    const why = faultOfStepAlone(value.was, value.to);
    return why && { item, field, called: null, why };
  }
  if (found === undefined) return null;
  const why = faultOfEditAlone(found.class, editOf(value), directory, rules);
  if (why === null) return null;
  const attribute = field.startsWith(ATTRIBUTE_PREFIX) ? field.slice(ATTRIBUTE_PREFIX.length) : null;
  const called = attributesOf(rules.classes, found.class).find(({ id }) => id === attribute)?.name ?? null;
  return { item, field, called, why };
}

/** What is related already, or closes a circle, may be otherwise by then. */
function unfitOfRelation(
  { type, from, to }: Extract<PlannedValue, { kind: 'relate' }>,
  { map, types, classes }: PlannedRules,
): PlannedUnfit | null {
  const bare: RelatedMap = {
    itemOf: (id) => map.itemOf(id),
    relationBetween: () => undefined,
    endsFrom: () => [],
  };
  // what was joined into another may be brought back by the same change, and stands for itself then
  if ([from, to].some((id) => map.stayingOf(id) !== id)) return null;
  const fault = faultOfRelation(bare, { type, from, to }, { types, classes });
  if (fault === null || fault.fault === 'unknown-item') return null;
  const why = { code: 'configuration/relation-unfit', fault };
  return { item: from, field: 'relation', called: null, why };
}

function editOf({ field, to }: Extract<PlannedValue, { kind: 'field' }>): ItemEdit {
  if (field.startsWith(ATTRIBUTE_PREFIX))
    return { attributes: { [field.slice(ATTRIBUTE_PREFIX.length)]: to } };
  if (!field.startsWith(REDUNDANCY_PREFIX)) return { [field]: to };
  const needed = neededByWord(to);
  const relation = field.slice(REDUNDANCY_PREFIX.length);
  return needed === null ? {} : { redundancy: [{ relation, ...needed }] };
}
