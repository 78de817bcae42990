import { evolveRelation } from '@muster/domain/configuration';
import type { KeptRelation, RelationAct } from '@muster/domain/configuration';
import type { CommandEnvelope, PersonId } from '@muster/domain/shared';

export const RELATION_PREFIX = 'relation.';

/** A relation after an own act that waits; whether governance lets it through was asked when it was made. */
export function withOwnRelationAct(
  state: KeptRelation | null,
  { type, args, target, clientAt: at }: CommandEnvelope,
  actor: PersonId,
): KeptRelation | null {
  if (!type.startsWith(RELATION_PREFIX)) return state;
  // made by this client's own `runRelation`, so of the shape that its types say
  const act = { ...(args as object), verb: type.slice(RELATION_PREFIX.length) } as RelationAct;
  if (act.verb === 'add')
    return evolveRelation(
      state,
      { type: 'related', as: act.type, from: act.from, to: act.to },
      { actor, at },
      target,
    );
  return state === null ? null : evolveRelation(state, { type: 'removed' }, { actor, at }, target);
}
