/**
 * Whether what a change plans for an item is something that the item may say, asked while it is planned. What others
 * say by the time it is applied, of it or of what shares its identity, is seen then.
 */
import { ATTRIBUTE_PREFIX, REDUNDANCY_PREFIX, neededByWord } from '../change/index.ts';
import type { PlannedUnfit, PlannedValue } from '../change/index.ts';
import { attributesOf, faultOfEditAlone, faultOfStepAlone } from '../configuration/index.ts';
import type { DependencyMap, Governance, ItemEdit } from '../configuration/index.ts';
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
  if (value.kind === 'step') {
    const why = faultOfStepAlone(value.was, value.to);
    return why && { item: value.item, field: 'state', called: null, why };
  }
  if (value.kind !== 'field') return null;
  const { item, field } = value;
  const found = rules.map.itemOf(rules.map.stayingOf(item));
  if (found === undefined) return null;
  const why = faultOfEditAlone(found.class, editOf(value), directory, rules);
  if (why === null) return null;
  const attribute = field.startsWith(ATTRIBUTE_PREFIX) ? field.slice(ATTRIBUTE_PREFIX.length) : null;
  const called = attributesOf(rules.classes, found.class).find(({ id }) => id === attribute)?.name ?? null;
  return { item, field, called, why };
}

function editOf({ field, to }: Extract<PlannedValue, { kind: 'field' }>): ItemEdit {
  if (field.startsWith(ATTRIBUTE_PREFIX))
    return { attributes: { [field.slice(ATTRIBUTE_PREFIX.length)]: to } };
  if (!field.startsWith(REDUNDANCY_PREFIX)) return { [field]: to };
  const needed = neededByWord(to);
  const relation = field.slice(REDUNDANCY_PREFIX.length);
  return needed === null ? {} : { redundancy: [{ relation, ...needed }] };
}
