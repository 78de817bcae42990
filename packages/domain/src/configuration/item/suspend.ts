/** The retirement that came before an incident which was written earlier: as if they had come the other way round. */
import { SYSTEM, ok } from '../../shared/index.ts';
import type { PersonId, Tell } from '../../shared/index.ts';
import { no } from '../refusals.ts';
import type { ItemAnswer, ItemContext } from './context.ts';
import { faultOfReturn } from './fields.ts';
import type { ConfigurationItem } from './item.ts';
import { isRetired } from './lifecycle.ts';

/**
 * The item is again what it was, and waits for who answers for it. What is disposed of, whose identity another has by
 * now, or what the classes of today would not let be, cannot wait: that is told alone. One that was joined into another
 * goes by that, and needs neither.
 *
 * @param answers Who is asked; null for nobody
 */
export function decideSuspend(
  state: ConfigurationItem,
  answers: PersonId | null,
  context: ItemContext,
): ItemAnswer {
  const { actor, now: at, since, facts } = context;
  if (actor.id !== SYSTEM) return no('not-permitted', { permission: 'system' });
  const gone = since.findLast(
    ({ event }) => event.type === 'stepped' && isRetired(event.to) && !isRetired(event.from),
  );
  const isSame = state.sameAs !== undefined;
  if (
    gone?.event.type !== 'stepped' ||
    !isRetired(state.state) ||
    isSame ||
    !facts.hasOpenIncidents(state.id)
  )
    return no('nothing-to-change', { field: null });
  const { from: back, to, reason, change } = gone.event;
  const cause = change === undefined ? {} : { change };
  const stays = state.state === 'disposed' || faultOfReturn(state, back, context) !== null;
  const detail = { to, reason, by: gone.actor, at, name: state.name, late: true, stays };
  const tell = [...new Set([answers, gone.actor])].flatMap((person): readonly Tell[] =>
    person === null || person === SYSTEM
      ? []
      : [{ person, kind: 'retirement-asked', detail: { ...detail, asked: person === answers } }],
  );
  if (stays) return ok({ events: [], tell });
  return ok({
    events: [
      { type: 'stepped', from: state.state, to: back, reason: null },
      { type: 'step-suspended', to, reason, by: gone.actor, ...cause },
    ],
    tell,
  });
}
