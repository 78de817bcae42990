/** Configuration management: items, how they hang together, and what falls with what. */
export {
  ATTRIBUTE_KINDS,
  attributesOf,
  faultsOfClasses,
  identityOf,
  isKindOf,
  lineOf,
} from './class/item-class.ts';
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
export { ITEM_STATE_NAMES, stateCalled } from './item/state-names.ts';
export { lastChangeOf, neededOf } from './item/item.ts';
export type { ConfigurationItem, Criticality, ItemCare, Redundancy, SuspendedStep } from './item/item.ts';
export type {
  AttributeEdit,
  ChangeCause,
  DroppedRelation,
  ItemAct,
  ItemEdit,
  ItemEvent,
  ItemFields,
  ItemVerb,
  JoinPlan,
  MovedRelation,
} from './item/acts.ts';
export type { ConfigurationFacts, ItemContext } from './item/context.ts';
export { decideItem } from './item/decide.ts';
export { faultOfEditAlone, faultOfStepAlone } from './item/said-alone.ts';
export { faultOfJoin, planJoin } from './item/join.ts';
export { evolveItem } from './item/evolve.ts';
export { stayingOf } from './item/staying.ts';
export { asHistory, isOfRelation, itemAt, relationsAt } from './item/history.ts';
export type { HistoryEvent, RelationHistoryEvent } from './item/history.ts';
export { differenceOfItem, differencesOfRelations, stoodAt } from './baseline/differences.ts';
export type {
  ItemDifference,
  PartDifference,
  RelationDifference,
  RelationSpan,
} from './baseline/differences.ts';
export { SERVICE_CLASS } from './item/fields.ts';
export { SPREADS, allows, hangingEnd, hangingTypes, suggestionsFor } from './relation/relation-type.ts';
export type {
  AllowedPair,
  RelationType,
  RelationTypes,
  Spread,
  Suggestion,
} from './relation/relation-type.ts';
export { DEFAULT_RELATION_TYPES } from './relation/default-types.ts';
export { faultOfRelation } from './relation/govern.ts';
export type { Governance, RelatedMap, RelationFault } from './relation/govern.ts';
export type { KeptRelation, RelationAct, RelationEvent, RelationVerb } from './relation/acts.ts';
export { decideRelation, evolveRelation } from './relation/decide.ts';
export type { RelationContext } from './relation/decide.ts';
export {
  CONFIGURATION_RULES,
  DEFAULT_CONFIGURATION_RULES,
  classesOf,
  decideRules,
  evolveRules,
  healthRulesOf,
  typesOf,
} from './rules/rules.ts';
export type { ConfigurationRules, RulesAct, RulesContext, RulesEvent, RulesVerb } from './rules/rules.ts';
export { faultsOfTypes } from './rules/conform.ts';
export type { HeldItem, Nonconformity, TypeFault } from './rules/conform.ts';
export { DEFAULT_HEALTH, EXPECTATIONS, MOST_DAYS, expectedOf } from './health/health-rules.ts';
export type { ClassHealth, Expectation, HealthRules } from './health/health-rules.ts';
export { healthOf, sumOfHealth } from './health/health.ts';
export type { ClassSum, HealthFacts, HealthFault, HealthSum, ItemHealth } from './health/health.ts';
export { isReviewDue, reviewOf, reviewsDue } from './health/review.ts';
export type { Asked, Review } from './health/review.ts';
export { duplicatesOf } from './health/duplicates.ts';
export type { Duplicate } from './health/duplicates.ts';
export { mayConfirm } from './item/care.ts';
export { canReadConfiguration } from './access.ts';
export type {
  ConfigurationRefusal,
  ConfigurationRefusalFacts,
  ConfigurationRefusalReason,
} from './refusals.ts';
export { DependencyMap } from './map/dependency-map.ts';
export type { Link, MappedItem, Relation } from './map/dependency-map.ts';
export { impactOf } from './impact/impact.ts';
export type { Fall, Impact, ImpactOverride, ImpactQuestion, Weakened } from './impact/impact.ts';
export { dependenciesOf } from './impact/dependencies.ts';
export type { Reached } from './impact/dependencies.ts';
export { planImport } from './import/plan-import.ts';
export { IMPORTED_STATE } from './import/present.ts';
export { Answerable } from './import/answerable.ts';
export { readTable } from './import/table.ts';
export type { BrokenLine, TableRecord, TextTable } from './import/table.ts';
export type {
  FieldChange,
  ImportPlan,
  PlannedChange,
  PlannedItem,
  PlannedRelation,
  ReplacedRelation,
} from './import/plan.ts';
export type { Present } from './import/present.ts';
export type {
  ImportReport,
  ReportRow,
  ReportedAlike,
  ReportedChange,
  ReportedItem,
  ReportedMade,
  ReportedRelation,
} from './import/report.ts';
export type {
  Imported,
  ImportedItem,
  ImportedRelation,
  RelatedKeys,
  RowFault,
  UnreadKind,
} from './import/imported.ts';
