/** What may be done to a relation: what was removed stays known, and is added again as another one. */
import { SYSTEM, ok } from '../../shared/index.ts';
import type { Actor, Instant, PersonId, RecordId, Result, Verdict } from '../../shared/index.ts';
import { mayWith } from '../access.ts';
import type { DependencyMap } from '../map/dependency-map.ts';
import { no } from '../refusals.ts';
import type { ConfigurationRefusal } from '../refusals.ts';
import type { KeptRelation, RelationAct, RelationEvent } from './acts.ts';
import { faultOfRelation } from './govern.ts';
import type { Governance } from './govern.ts';

export interface RelationContext {
  readonly actor: Actor;
  readonly target: RecordId;
  readonly facts: Governance & { readonly map: DependencyMap };
}

export type RelationAnswer = Result<Verdict<RelationEvent>, ConfigurationRefusal>;

/** `state` is null for what is not made yet. */
export function decideRelation(
  state: KeptRelation | null,
  act: RelationAct,
  { actor, target, facts }: RelationContext,
): RelationAnswer {
  const absent = no('no-such-relation', { relation: target });
  if (!mayWith(actor, 'configuration.read')) return absent;
  if (act.verb !== 'add' && state === null) return absent;
  if (!mayWith(actor, 'configuration.work')) return no('not-permitted', { permission: 'configuration.work' });
  if (act.change !== undefined && actor.id !== SYSTEM) return no('not-permitted', { permission: 'system' });
  const cause = act.change === undefined ? {} : { change: act.change };
  if (act.verb === 'add') {
    if (state !== null) return no('already-exists', { record: target });
    const { type: as, from, to } = act;
    const fault = faultOfRelation(facts.map, { type: as, from, to }, facts);
    return fault === null
      ? yes({ type: 'related', as, from, to, ...cause })
      : no('relation-unfit', { fault });
  }
  if (state === null) return absent;
  return state.until === null
    ? yes({ type: 'removed', ...cause })
    : no('relation-gone', { by: state.removedBy, at: state.until });
}

function yes(event: RelationEvent): RelationAnswer {
  return ok({ events: [event], tell: [] });
}

/** The relation after an event. Total: an event of a later version only counts. */
export function evolveRelation(
  state: KeptRelation | null,
  event: RelationEvent,
  { actor, at }: { readonly actor: PersonId; readonly at: Instant },
  target: RecordId,
): KeptRelation {
  const version = (state?.version ?? 0) + 1;
  if (event.type === 'related') {
    const { as: type, from, to } = event;
    return { ...{ id: target, version, type, from, to }, since: at, by: actor, until: null, removedBy: null };
  }
  if (state === null) throw new Error('a relation that was never made');
  return event.type === 'removed'
    ? { ...state, version, until: at, removedBy: actor }
    : { ...state, version };
}
