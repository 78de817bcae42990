/** Whether an item may say what it says: of itself, and beside the others. */
import type { Directory, ItemId } from '../../shared/index.ts';
import { MAX_TITLE, cleanText } from '../../shared/ticket/text.ts';
import { faultsOfValues } from '../class/attribute-value.ts';
import type { AttributeValues } from '../class/attribute-value.ts';
import { identityOf, isKindOf } from '../class/item-class.ts';
import { no } from '../refusals.ts';
import { allows } from '../relation/relation-type.ts';
import type { RelationTypes } from '../relation/relation-type.ts';
import type { ItemEdit, ItemFields } from './acts.ts';
import type { ConfigurationFacts, ItemContext } from './context.ts';
import type { ConfigurationItem, Redundancy } from './item.ts';
import { isRetired } from './lifecycle.ts';
import type { ItemState } from './lifecycle.ts';

type Refused = ReturnType<typeof no>;

/** Of which class the services of the directory are. */
export const SERVICE_CLASS = 'service';

/** Trimmed, and without what says nothing. */
export function cleanedAttributes(given: AttributeValues): AttributeValues {
  return Object.fromEntries(
    Object.entries(given)
      .map(([attribute, value]) => [attribute, typeof value === 'string' ? value.trim() : value] as const)
      .filter(([, value]) => value !== ''),
  );
}

/** What is wrong with the fields of an item; null when nothing is. */
export function faultOfFields(
  fields: ItemFields,
  named: Pick<ItemEdit, 'owner' | 'team'>,
  { people, teams }: Pick<Directory, 'people' | 'teams'>,
  facts: Pick<ConfigurationFacts, 'classes' | 'types'>,
): Refused | null {
  const { name, criticality, redundancy } = fields;
  if (isKindOf(facts.classes, fields.class, SERVICE_CLASS))
    return no('service-of-directory', { class: fields.class });
  if (cleanText(name, MAX_TITLE) === null) return no('invalid-value', { field: 'name', value: name });
  if (criticality !== null && ![1, 2, 3, 4].includes(criticality))
    return no('invalid-value', { field: 'criticality', value: criticality });
  const { owner = null, team = null } = named;
  if (owner !== null && people.get(owner)?.active !== true) return no('unknown-person', { person: owner });
  if (team !== null && !teams.has(team)) return no('unknown-team', { team });
  const odd = redundancy.find(
    (each, place) => !isFitRedundancy(each, redundancy.slice(0, place), facts.types),
  );
  if (odd !== undefined) return no('invalid-value', { field: 'redundancy', value: odd });
  const faults = faultsOfValues(facts.classes, fields.class, fields.attributes);
  return faults.length === 0 ? null : no('values-unfit', { class: fields.class, faults });
}

/** Whether an item may say it beside what it says before that. */
export function isFitRedundancy(
  { relation, by, minimum }: Redundancy,
  before: readonly Redundancy[],
  types: RelationTypes,
): boolean {
  if (!types.has(relation) || before.some((other) => other.relation === relation)) return false;
  return Number.isSafeInteger(minimum) && minimum >= 1 && (by === 'count' || minimum <= 100);
}

/** The relations that an item of another class could not have. */
export function faultOfClass(
  id: ItemId,
  newClass: string,
  { map, types, classes }: Pick<ConfigurationFacts, 'map' | 'types' | 'classes'>,
): Refused | null {
  const unfit = [...map.relationsOf(id)].filter(({ type, from, to }) => {
    const other = map.itemOf(from === id ? to : from);
    const known = types.get(type);
    if (other === undefined || known === undefined) return false;
    return from === id
      ? !allows(known, classes, newClass, other.class)
      : !allows(known, classes, other.class, newClass);
  });
  return unfit.length === 0
    ? null
    : no('relations-unfit', { class: newClass, relations: unfit.map((each) => each.id) });
}

/**
 * Another live item that has the same in what identifies items of the class.
 * @param stood What stands: what it has in common by that already is no fault of what is said of something else
 */
export function faultOfIdentity(
  id: ItemId,
  { class: itemClass, attributes }: Pick<ItemFields, 'class' | 'attributes'>,
  state: ItemState,
  { classes, identifiedBy }: Pick<ConfigurationFacts, 'classes' | 'identifiedBy'>,
  stood: Pick<ConfigurationItem, 'class' | 'attributes' | 'state'> | null,
): Refused | null {
  if (isRetired(state)) return null;
  const known = stood === null || isRetired(stood.state) ? [] : identityOf(classes, stood.class);
  for (const { definer, attribute } of identityOf(classes, itemClass)) {
    const value = attributes[attribute];
    const isKnown = known.some((each) => each.definer === definer && each.attribute === attribute);
    if (value === undefined || (isKnown && stood?.attributes[attribute] === value)) continue;
    const other = identifiedBy(definer, attribute, value);
    if (other !== undefined && other !== id) return no('same-identity', { attribute, value, item: other });
  }
  return null;
}

/**
 * Why an item may not be in another state: what comes back from retirement has to conform to the classes and types of
 * today, which were set without looking at it.
 */
export function faultOfReturn(
  item: ConfigurationItem,
  to: ItemState,
  { directory, facts }: Pick<ItemContext, 'directory' | 'facts'>,
): Refused | null {
  if (isRetired(to)) return null;
  const taken = faultOfIdentity(item.id, item, to, facts, item);
  return taken ?? (isRetired(item.state) ? faultOfFields(item, {}, directory, facts) : null);
}
