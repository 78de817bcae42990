/** Configuration management: items, how they hang together, and what falls with what. */
export { ATTRIBUTE_KINDS, attributesOf, faultsOfClasses, isKindOf, lineOf } from './class/item-class.ts';
export type {
  AttributeDefinition,
  AttributeKind,
  ClassFault,
  ItemClass,
  ItemClasses,
} from './class/item-class.ts';
export { faultsOfValues } from './class/attribute-value.ts';
export type { AttributeValue, AttributeValues, ValueFault } from './class/attribute-value.ts';
export { DEFAULT_CLASSES } from './class/default-classes.ts';
export {
  ITEM_STATES,
  ITEM_TRANSITIONS,
  isRetired,
  isRunning,
  mayStep,
  needsReason,
} from './item/lifecycle.ts';
export type { ItemState } from './item/lifecycle.ts';
export { neededOf } from './item/item.ts';
export type { ConfigurationItem, Criticality, Redundancy } from './item/item.ts';
export { SPREADS, allows, suggestionsFor } from './relation/relation-type.ts';
export type {
  AllowedPair,
  RelationType,
  RelationTypes,
  Spread,
  Suggestion,
} from './relation/relation-type.ts';
export { DEFAULT_RELATION_TYPES } from './relation/default-types.ts';
export { faultOfRelation } from './relation/govern.ts';
export type { Governance, RelationFault } from './relation/govern.ts';
export { DependencyMap } from './map/dependency-map.ts';
export type { Link, MappedItem, Relation } from './map/dependency-map.ts';
export { impactOf } from './impact/impact.ts';
export type { Fall, Impact, ImpactOverride, ImpactQuestion, Weakened } from './impact/impact.ts';
export { dependenciesOf } from './impact/dependencies.ts';
export type { Reached } from './impact/dependencies.ts';
