/** What may be done to an item. */
import { SYSTEM, ok, unreachable } from '../../shared/index.ts';
import type { Tell } from '../../shared/index.ts';
import { MAX_NOTE, cleanText } from '../../shared/ticket/text.ts';
import { mayWith } from '../access.ts';
import { no } from '../refusals.ts';
import type { ItemActOf, ItemAct, ItemEvent } from './acts.ts';
import { decideAskReview, decideConfirm, decideTellApart } from './care.ts';
import type { ItemAnswer, ItemContext } from './context.ts';
import { decideEdit } from './edit.ts';
import { cleanedAttributes, faultOfFields, faultOfIdentity, faultOfReturn } from './fields.ts';
import type { ConfigurationItem } from './item.ts';
import { decideJoin } from './join.ts';
import { decideSuspend } from './suspend.ts';
import { ITEM_TRANSITIONS, isRetired, mayStep, needsReason } from './lifecycle.ts';

/** `state` is null for what is not made yet. The same code decides on the server and predicts in the browser. */
export function decideItem(state: ConfigurationItem | null, act: ItemAct, context: ItemContext): ItemAnswer {
  const { actor, target } = context;
  if (!mayWith(actor, 'configuration.read')) return no('no-such-item', { item: target });
  if (act.verb !== 'create' && state === null) return no('no-such-item', { item: target });
  if (!mayWith(actor, 'configuration.work')) return no('not-permitted', { permission: 'configuration.work' });
  if (act.verb === 'create') return decideCreate(state, act, context);
  if (state === null) return no('no-such-item', { item: target });
  // who says that a change did it would put their own act on it
  if ('change' in act && act.change !== undefined && actor.id !== SYSTEM)
    return no('not-permitted', { permission: 'system' });
  switch (act.verb) {
    case 'edit':
      return decideEdit(state, act, context);
    case 'step':
      return decideStep(state, act, context);
    case 'keep':
      return decideKeep(state, context);
    case 'confirm':
      return decideConfirm(state, context);
    case 'tell-apart':
      return decideTellApart(state, act.other, context);
    case 'join':
      return decideJoin(state, act, context);
    case 'ask-review':
      return decideAskReview(state, context);
    case 'suspend':
      return decideSuspend(state, answererOf(state, context), context);
    default:
      return unreachable(act);
  }
}

function decideCreate(
  state: ConfigurationItem | null,
  { fields: given, state: enters = 'planned' }: ItemActOf<'create'>,
  { target, number, directory, facts }: ItemContext,
): ItemAnswer {
  if (state !== null) return no('already-exists', { record: target });
  if (isRetired(enters)) return no('invalid-value', { field: 'state', value: enters });
  const nothing = { owner: null, team: null, criticality: null, attributes: {}, redundancy: [] };
  const said = { ...nothing, ...given };
  const fields = { ...said, name: said.name.trim(), attributes: cleanedAttributes(said.attributes) };
  const fault =
    faultOfFields(fields, fields, directory, facts) ?? faultOfIdentity(target, fields, enters, facts, null);
  return fault ?? yes([{ type: 'made', number, state: enters, fields }]);
}

function decideStep(
  state: ConfigurationItem,
  { from, to, reason: given, despite = false, change }: ItemActOf<'step'>,
  context: ItemContext,
): ItemAnswer {
  const { actor, since, facts } = context;
  if (state.state !== from) {
    const theirs = since.findLast(({ event }) => event.type === 'stepped');
    const first = theirs === undefined ? {} : { by: theirs.actor, at: theirs.at };
    return no('item-moved', { state: state.state, ...first });
  }
  if (!mayStep(from, to)) return no('no-such-step', { from, to, allowed: ITEM_TRANSITIONS[from] });
  const reason = cleanText(given, MAX_NOTE);
  if (reason === null && (needsReason(from, to) || (given?.trim() ?? '') !== ''))
    return no('reason-missing', { from, to });
  const fault = faultOfReturn(state, to, context);
  if (fault !== null) return fault;
  const cause = change === undefined ? {} : { change };
  const goes: ItemEvent = { type: 'stepped', from, to, reason, ...cause };
  if (!isRetired(to) || !facts.hasOpenIncidents(state.id)) return yes([goes]);
  if (despite) return mayAnswer(state, context) ? yes([goes]) : no('not-answerable', { owner: state.owner });
  const { suspended } = state;
  if (suspended !== null) return no('step-waits', { to: suspended.to, by: suspended.by, at: suspended.at });
  const asked = answererOf(state, context);
  const tell: readonly Tell[] =
    asked === null || asked === actor.id
      ? []
      : [{ person: asked, kind: 'retirement-asked', detail: { to, reason, by: actor.id, at: context.now } }];
  return yes([{ type: 'step-suspended', to, reason, ...cause }], tell);
}

function decideKeep(state: ConfigurationItem, context: ItemContext): ItemAnswer {
  const { suspended } = state;
  if (suspended === null) return no('nothing-waits', {});
  // whoever asked for it may take that back
  const mayKeep = mayAnswer(state, context) || suspended.by === context.actor.id;
  return mayKeep ? yes([{ type: 'kept' }]) : no('not-answerable', { owner: state.owner });
}

function mayAnswer({ owner }: ConfigurationItem, { actor }: ItemContext): boolean {
  return owner === actor.id || mayWith(actor, 'configuration.manage');
}

/** The owner of an item, or who leads its team where nobody owns it any more: whoever has left is not asked. */
function answererOf({ owner, team }: ConfigurationItem, { directory }: ItemContext): Tell['person'] | null {
  const lead = team === null ? null : (directory.teams.get(team)?.lead ?? null);
  return (
    [owner, lead].find((id) => id !== null && id !== SYSTEM && directory.people.get(id)?.active === true) ??
    null
  );
}

function yes(events: readonly ItemEvent[], tell: readonly Tell[] = []): ItemAnswer {
  return ok({ events, tell });
}
