/**
 * Two items that are the same become one: the one that stays takes the relations of the other and what it lacks
 * itself, and the other is retired with a link. Records that name the other go on naming it: what they say of the past
 * stays true, and the link leads on.
 */
import { ok } from '../../shared/index.ts';
import type { ItemId, RecordId } from '../../shared/index.ts';
import { mayWith } from '../access.ts';
import { lineOf } from '../class/item-class.ts';
import type { DependencyMap } from '../map/dependency-map.ts';
import { no } from '../refusals.ts';
import { faultOfRelation } from '../relation/govern.ts';
import type { Governance } from '../relation/govern.ts';
import type { DroppedRelation, ItemActOf, ItemEdit, JoinPlan, MovedRelation } from './acts.ts';
import type { ConfigurationFacts, ItemAnswer, ItemContext } from './context.ts';
import { withEdit } from './evolve.ts';
import { faultOfIdentity } from './fields.ts';
import type { ConfigurationItem } from './item.ts';
import { JoinTrial } from './join-trial.ts';
import { isRetired } from './lifecycle.ts';

export function decideJoin(
  state: ConfigurationItem,
  { other: otherId }: ItemActOf<'join'>,
  { actor, facts, other, target }: ItemContext,
): ItemAnswer {
  if (!mayWith(actor, 'configuration.manage'))
    return no('not-permitted', { permission: 'configuration.manage' });
  if (otherId === state.id) return no('invalid-value', { field: 'other', value: otherId });
  if (other == null || other.id !== otherId) return no('no-such-item', { item: otherId as RecordId });
  const fault = faultOfJoin(state, other);
  if (fault !== null) return fault;
  const plan = planJoin(state, other, facts);
  const identifiedBy: ConfigurationFacts['identifiedBy'] = (...asked) => {
    const found = facts.identifiedBy(...asked);
    // the other gives it up in the same act
    return found === other.id ? undefined : found;
  };
  const seen = { ...facts, identifiedBy };
  const taken = faultOfIdentity(state.id, withEdit(state, plan.took), state.state, seen, state);
  if (taken !== null) return taken;
  const { name, number } = other;
  return ok({
    events: [{ type: 'joined', other: otherId, name, number, ...plan }],
    also: [{ target: otherId as RecordId, events: [{ type: 'joined-into', into: target }] }],
    tell: [],
  });
}

/** Whether the two can be one; the page asks before anybody is offered it. */
export function faultOfJoin(
  stays: Pick<ConfigurationItem, 'id' | 'state' | 'sameAs'>,
  goes: Pick<ConfigurationItem, 'id' | 'state' | 'sameAs'>,
) {
  if (isRetired(stays.state))
    return no('not-joinable', { item: stays.id, state: stays.state, into: stays.sameAs ?? null });
  return goes.state === 'disposed' || goes.sameAs !== undefined
    ? no('not-joinable', { item: goes.id, state: goes.state, into: goes.sameAs ?? null })
    : null;
}

/** What would become of relations and values; also what is said before anybody decides. */
export function planJoin(
  stays: ConfigurationItem,
  goes: ConfigurationItem,
  facts: Pick<ConfigurationFacts, 'classes' | 'types' | 'map'>,
): JoinPlan {
  return { ...planRelations(facts.map, stays.id, goes.id, facts), took: takenOver(stays, goes, facts) };
}

/** Each relation of the one that goes is either moved or dropped, on a map in which those before it were moved. */
function planRelations(map: DependencyMap, stays: ItemId, goes: ItemId, governance: Governance) {
  const own = [...map.relationsOf(goes)].toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const trial = new JoinTrial(map, goes);
  const moved: MovedRelation[] = [];
  const dropped: DroppedRelation[] = [];
  const end = (id: ItemId): ItemId => (id === goes ? stays : id);
  for (const { id: relation, type: as, from, to } of own) {
    const anew = { type: as, from: end(from), to: end(to) };
    const fault = faultOfRelation(trial, anew, governance);
    if (fault === null) {
      moved.push({ relation, as, from: anew.from, to: anew.to });
      trial.relate({ ...anew, id: relation });
    } else dropped.push({ relation, as, from, to, fault });
  }
  return { moved, dropped };
}

/** Fields and attributes, but only those that both classes know from the same class, and rules of redundancy. */
function takenOver(
  stays: ConfigurationItem,
  goes: ConfigurationItem,
  { classes }: Pick<ConfigurationFacts, 'classes'>,
): ItemEdit {
  const definers = (itemClass: string) =>
    lineOf(classes, itemClass).flatMap(({ id, attributes }) =>
      attributes.map((each) => [each.id, id] as const),
    );
  const known = new Map(definers(stays.class));
  const attributes = Object.fromEntries(
    definers(goes.class).flatMap(([attribute, definer]) => {
      const value = Object.hasOwn(goes.attributes, attribute) ? goes.attributes[attribute] : undefined;
      const isLacking = value !== undefined && !Object.hasOwn(stays.attributes, attribute);
      return isLacking && known.get(attribute) === definer ? [[attribute, value]] : [];
    }),
  );
  const rules = goes.redundancy.filter(
    ({ relation }) => !stays.redundancy.some((each) => each.relation === relation),
  );
  return {
    ...(stays.owner === null && goes.owner !== null && { owner: goes.owner }),
    ...(stays.team === null && goes.team !== null && { team: goes.team }),
    ...(stays.criticality === null && goes.criticality !== null && { criticality: goes.criticality }),
    ...(rules.length > 0 && { redundancy: [...stays.redundancy, ...rules] }),
    ...(Object.keys(attributes).length > 0 && { attributes }),
  };
}
