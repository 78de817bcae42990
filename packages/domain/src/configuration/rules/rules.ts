/** The classes and the types of relations of a desk: data, set whole by those who manage the configuration. */
import { SYSTEM, ok, recordId, saysSame } from '../../shared/index.ts';
import type { Actor, Instant, Recorded, Result, Verdict } from '../../shared/index.ts';
import { mayWith } from '../access.ts';
import { DEFAULT_CLASSES } from '../class/default-classes.ts';
import { faultsOfClasses } from '../class/item-class.ts';
import type { ItemClass, ItemClasses } from '../class/item-class.ts';
import { DEFAULT_HEALTH, faultOfHealthRules, ofClasses } from '../health/health-rules.ts';
import type { HealthRules } from '../health/health-rules.ts';
import { SERVICE_CLASS } from '../item/fields.ts';
import type { DependencyMap } from '../map/dependency-map.ts';
import { no } from '../refusals.ts';
import type { ConfigurationRefusal } from '../refusals.ts';
import { DEFAULT_RELATION_TYPES } from '../relation/default-types.ts';
import type { RelationType, RelationTypes } from '../relation/relation-type.ts';
import { faultsOfTypes, nonconforming } from './conform.ts';
import type { HeldItem } from './conform.ts';

export interface ConfigurationRules {
  /** Number of their events. */
  readonly version: number;
  readonly classes: readonly ItemClass[];
  readonly types: readonly RelationType[];
  /** Absent until it was set: then what a desk begins with holds. */
  readonly health?: HealthRules;
  readonly updatedAt: Instant;
}

/** There is one set of rules: what `configuration.<verb>` is about, whichever desk it is. */
export const CONFIGURATION_RULES = recordId('00000000000000000000000CFG');

export const DEFAULT_CONFIGURATION_RULES: ConfigurationRules = {
  version: 0,
  classes: [...DEFAULT_CLASSES.values()],
  types: [...DEFAULT_RELATION_TYPES.values()],
  updatedAt: 0,
};

/** What is asked for, as the command `configuration.<verb>` carries it. */
export type RulesAct =
  | { readonly verb: 'set-classes'; readonly classes: readonly ItemClass[] }
  | { readonly verb: 'set-relation-types'; readonly types: readonly RelationType[] }
  | { readonly verb: 'set-health'; readonly health: HealthRules }
  /** Both at once: a class goes with the pairs that name it, and comes with them. */
  | {
      readonly verb: 'set-rules';
      readonly classes: readonly ItemClass[];
      readonly types: readonly RelationType[];
    };

export type RulesVerb = RulesAct['verb'];

export type RulesEvent =
  | { readonly type: 'classes-set'; readonly classes: readonly ItemClass[] }
  | { readonly type: 'relation-types-set'; readonly types: readonly RelationType[] }
  | { readonly type: 'health-set'; readonly health: HealthRules };

export interface RulesContext {
  readonly actor: Actor;
  /** Events above the version that the act's author saw, oldest first. */
  readonly since: readonly Recorded<RulesEvent>[];
  readonly facts: { readonly items: () => Iterable<HeldItem>; readonly map: DependencyMap };
}

export type RulesAnswer = Result<Verdict<RulesEvent>, ConfigurationRefusal>;

/** How many of those that would not conform are named. */
const NAMED = 20;

export function classesOf({ classes }: Pick<ConfigurationRules, 'classes'>): ItemClasses {
  return new Map(classes.map((each) => [each.id, each]));
}

export function typesOf({ types }: Pick<ConfigurationRules, 'types'>): RelationTypes {
  return new Map(types.map((each) => [each.id, each]));
}

/** Without what is said for classes that were removed. */
export function healthRulesOf({
  health = DEFAULT_HEALTH,
  classes,
}: Pick<ConfigurationRules, 'health' | 'classes'>): HealthRules {
  return ofClasses(health, classesOf({ classes }));
}

/** Sets classes or types whole, when they can be kept and nothing that there is stops conforming. */
export function decideRules(state: ConfigurationRules, act: RulesAct, context: RulesContext): RulesAnswer {
  const { actor, since, facts } = context;
  if (!mayWith(actor, 'configuration.manage'))
    return no('not-permitted', { permission: 'configuration.manage' });
  const theirs = since.findLast((each) => each.actor !== actor.id && isAbout(each.event, act));
  if (theirs !== undefined && actor.id !== SYSTEM)
    return no('rules-moved', { by: theirs.actor, at: theirs.at });
  if (act.verb === 'set-health') return decideHealth(state, act.health);
  const events = eventsOf(state, act);
  const after = events.reduce((so, event) => evolveRules(so, event, { at: state.updatedAt }), state);
  if (events.length === 0)
    return no('nothing-to-change', { field: act.verb === 'set-relation-types' ? 'types' : 'classes' });
  const twice = repeatedIn(after.classes) ?? repeatedIn(after.types);
  if (twice !== undefined) return no('invalid-value', { field: 'id', value: twice });
  const [classes, types] = [classesOf(after), typesOf(after)];
  const service = classes.get(SERVICE_CLASS);
  if (service === undefined || service.abstract)
    return no('invalid-value', { field: 'class', value: SERVICE_CLASS });
  const wrong = faultsOfClasses(classes);
  if (wrong.length > 0) return no('classes-unfit', { faults: wrong });
  const odd = faultsOfTypes(types, classes);
  if (odd.length > 0) return no('types-unfit', { faults: odd });
  const found = nonconforming(facts.items(), facts.map, { classes, types }, classesOf(state));
  return found.length === 0
    ? ok({ events, tell: [] })
    : no('would-not-conform', { found: found.slice(0, NAMED), count: found.length });
}

/** Health is said for classes; classes and relations are set without a look at it. */
function isAbout({ type }: RulesEvent, { verb }: RulesAct): boolean {
  return verb === 'set-health' ? type !== 'relation-types-set' : type !== 'health-set';
}

function decideHealth(state: ConfigurationRules, given: HealthRules): RulesAnswer {
  const stood = state.health ?? DEFAULT_HEALTH;
  const isLeft = (id: string) => Object.hasOwn(stood.classes, id) && !classesOf(state).has(id);
  const said = Object.entries(given.classes).filter(([id]) => !isLeft(id));
  const health = { ...given, classes: Object.fromEntries(said) };
  const field = faultOfHealthRules(health, classesOf(state));
  if (field !== null) return no('invalid-value', { field, value: null });
  return saysSame(health, healthRulesOf(state))
    ? no('nothing-to-change', { field: 'health' })
    : ok({ events: [{ type: 'health-set', health }], tell: [] });
}

/** The rules after an event. Total: an event of a later version only counts. */
export function evolveRules(
  state: ConfigurationRules,
  event: RulesEvent,
  { at }: { readonly at: Instant },
): ConfigurationRules {
  const next = { ...state, version: state.version + 1, updatedAt: at };
  switch (event.type) {
    case 'classes-set':
      return { ...next, classes: event.classes };
    case 'relation-types-set':
      return { ...next, types: event.types };
    case 'health-set':
      return { ...next, health: event.health };
    default:
      return later(next, event);
  }
}

function later(rules: ConfigurationRules, event: never): ConfigurationRules {
  void event;
  return rules;
}

/** What would be set otherwise than it stands. */
function eventsOf(
  state: ConfigurationRules,
  act: Exclude<RulesAct, { verb: 'set-health' }>,
): readonly RulesEvent[] {
  const events: RulesEvent[] = [];
  if (act.verb !== 'set-relation-types' && !saysSame(act.classes, state.classes))
    events.push({ type: 'classes-set', classes: act.classes });
  if (act.verb !== 'set-classes' && !saysSame(act.types, state.types))
    events.push({ type: 'relation-types-set', types: act.types });
  const { health } = state;
  if (act.verb === 'set-relation-types' || health === undefined) return events;
  const left = ofClasses(health, classesOf(act));
  if (!saysSame(left, health)) events.push({ type: 'health-set', health: left });
  return events;
}

function repeatedIn(each: readonly { readonly id: string }[]): string | undefined {
  return each.find(({ id }, place) => each.findIndex((other) => other.id === id) !== place)?.id;
}
