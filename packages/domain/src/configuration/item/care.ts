/** What is said about how well an item is known, and when its owner is asked. */
import { SYSTEM, ok } from '../../shared/index.ts';
import type { Actor, ItemId } from '../../shared/index.ts';
import { mayWith } from '../access.ts';
import { DEFAULT_HEALTH } from '../health/health-rules.ts';
import { isReviewDue, reviewOf } from '../health/review.ts';
import { no } from '../refusals.ts';
import type { ItemAnswer, ItemContext } from './context.ts';
import { NO_CARE } from './item.ts';
import type { ConfigurationItem } from './item.ts';
import { isRetired } from './lifecycle.ts';

/** Whether somebody may say that all of an item is right: who owns it, is of its team, or manages all of them. */
export function mayConfirm(
  { owner, team, state }: Pick<ConfigurationItem, 'owner' | 'team' | 'state'>,
  actor: Actor,
): boolean {
  if (isRetired(state) || !mayWith(actor, 'configuration.work')) return false;
  const isTheirs = owner === actor.id || (team !== null && actor.teams.includes(team));
  return isTheirs || mayWith(actor, 'configuration.manage');
}

export function decideConfirm(state: ConfigurationItem, { actor }: ItemContext): ItemAnswer {
  return mayConfirm(state, actor)
    ? ok({ events: [{ type: 'confirmed' }], tell: [] })
    : no('not-confirmable', { owner: state.owner });
}

export function decideTellApart(state: ConfigurationItem, other: ItemId, { facts }: ItemContext): ItemAnswer {
  if (other === state.id || facts.map.itemOf(other) === undefined)
    return no('invalid-value', { field: 'other', value: other });
  return (state.care ?? NO_CARE).different.includes(other)
    ? no('nothing-to-change', { field: null })
    : ok({ events: [{ type: 'told-apart', other }], tell: [] });
}

/** By the clock alone, and only as long as it is due: whoever mended it meanwhile is not asked. */
export function decideAskReview(
  state: ConfigurationItem,
  { actor, now, directory, facts }: ItemContext,
): ItemAnswer {
  if (actor.id !== SYSTEM) return no('not-permitted', { permission: 'configuration.manage' });
  const around = {
    ...{ classes: facts.classes, map: facts.map, health: facts.health ?? DEFAULT_HEALTH, now },
    isHere: (person: Actor['id']) => directory.people.get(person)?.active === true,
  };
  const review = reviewOf(state, around);
  if (review === null || !isReviewDue(state, around)) return no('nothing-to-change', { field: null });
  const stale = review.faults.find(({ fault }) => fault === 'stale');
  const of = stale === undefined ? 'incomplete' : 'stale';
  const detail = { of, name: state.name, faults: review.faults.length, since: state.updatedAt };
  return ok({
    events: [{ type: 'review-asked', of }],
    tell: [{ person: review.owner, kind: 'item-review', detail }],
  });
}
