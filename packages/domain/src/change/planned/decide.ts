/** Planning values of items, as part of the plans that are approved, and what became of them in the end. */
import { SYSTEM, saysSame } from '../../shared/index.ts';
import type { ItemId, Tell } from '../../shared/index.ts';
import type { ActOf } from '../acts.ts';
import { lastUnseen, no, tellReplaced, yes } from '../case.ts';
import type { ChangeAnswer, ChangeCase } from '../case.ts';
import { reassess } from '../edit.ts';
import type { ChangeEvent } from '../events.ts';
import { MAX_ITEMS } from '../fields.ts';
import { isContentLocked } from '../model/model.ts';
import { REDUNDANCY_PREFIX, neededByWord } from './planned-redundancy.ts';
import { ATTRIBUTE_PREFIX, PLANNED_FIELDS, plannedItems, plannedKey } from './planned-value.ts';
import type { PlannedValue } from './planned-value.ts';

export const MAX_PLANNED = 200;
const MAX_WORD = 4_000;

export function decidePlanValues(kase: ChangeCase, { values: given }: ActOf<'plan-values'>): ChangeAnswer {
  const fault = faultOfPlanner(kase);
  if (fault !== null) return fault;
  const odd = given.find((value) => !isFit(value));
  if (odd !== undefined) return no('invalid-value', { field: 'values', value: odd });
  const standing = new Map(kase.change.values.map((value) => [plannedKey(value), value]));
  const anew = new Map(given.map((value) => [plannedKey(value), value]));
  const values = [...anew].flatMap(([key, value]) => (saysSame(value, standing.get(key)) ? [] : [value]));
  if (values.length === 0) return no('nothing-to-change', { field: 'values' });
  // what was planned before and is left stays, whatever became of the rules: it is looked at when it is applied
  const unfit = values.flatMap((value) => kase.context.facts.unfitOf?.(value) ?? [])[0];
  if (unfit !== undefined) return no('value-unfit', unfit);
  if (new Set([...standing.keys(), ...anew.keys()]).size > MAX_PLANNED)
    return no('invalid-value', { field: 'values', value: MAX_PLANNED });
  const touched = touchedAnew(kase, values);
  const items = [...kase.change.items, ...touched];
  if (items.length > MAX_ITEMS) return no('invalid-value', { field: 'items', value: items.length });
  if (isContentLocked(kase.model, kase.change.state, 'items') && namesAnew(kase, values))
    return no('content-locked', { what: 'items', state: kase.change.state });
  const planned: ChangeEvent = { type: 'values-planned', values };
  const tell = tellOverplanned(kase, values, standing);
  if (touched.length === 0) return yes([planned], tell);
  const touches: ChangeEvent = { type: 'edited', fields: { items }, before: { items: kase.change.items } };
  return yes([touches, planned, ...reassess(kase, { ...kase.change, items })], tell);
}

/** Whoever plans for an item touches it. What is retired takes no new change, and what nobody knows is seen when it is applied. */
function touchedAnew({ change, context }: ChangeCase, values: readonly PlannedValue[]): readonly ItemId[] {
  const { isKnown, isRetired } = context.facts.dependencies;
  return plannedItems(values).filter(
    (item) => !change.items.includes(item) && isKnown(item) && !isRetired(item),
  );
}

/** Also what is retired: what is approved names what it is about. */
function namesAnew({ change, context }: ChangeCase, values: readonly PlannedValue[]): boolean {
  const named = new Set([...change.items, ...plannedItems(change.values)]);
  return plannedItems(values).some((item) => !named.has(item) && context.facts.dependencies.isKnown(item));
}

export function decideUnplanValues(kase: ChangeCase, { keys }: ActOf<'unplan-values'>): ChangeAnswer {
  const fault = faultOfPlanner(kase);
  if (fault !== null) return fault;
  const values = kase.change.values.filter((value) => keys.includes(plannedKey(value)));
  return values.length === 0
    ? no('nothing-to-change', { field: 'values' })
    : yes([{ type: 'values-unplanned', values }]);
}

/** The server alone knows what became of them. */
export function decideNoteValues({ context }: ChangeCase, { outcomes }: ActOf<'note-values'>): ChangeAnswer {
  return context.actor.id === SYSTEM
    ? yes([{ type: 'values-applied', outcomes }])
    : no('not-permitted', { permission: 'system' });
}

/** What is approved is written on the map by the product: nobody plans what they may not do themselves. */
function faultOfPlanner({ change, model, context: { actor } }: ChangeCase): ChangeAnswer | null {
  if (actor.id !== SYSTEM && !actor.permissions.has('configuration.work'))
    return no('not-permitted', { permission: 'configuration.work' });
  return isContentLocked(model, change.state, 'plans')
    ? no('content-locked', { what: 'plans', state: change.state })
    : null;
}

/** As far as it can be said without the items. */
function isFit(value: PlannedValue): boolean {
  if (value.kind === 'relate' || value.kind === 'unrelate') return value.from !== value.to;
  if (value.was === value.to) return false;
  if (value.kind === 'step') return true;
  const { field, to } = value;
  if (typeof to === 'string' && (to.trim() === '' || to.length > MAX_WORD)) return false;
  if (field.startsWith(ATTRIBUTE_PREFIX)) return field.length > ATTRIBUTE_PREFIX.length;
  if (field.startsWith(REDUNDANCY_PREFIX))
    return field.length > REDUNDANCY_PREFIX.length && (to === null || neededByWord(to) !== null);
  if (!(PLANNED_FIELDS as readonly string[]).includes(field)) return false;
  if (field === 'criticality') return to === null || [1, 2, 3, 4].includes(to as number);
  return field === 'name' ? typeof to === 'string' : to === null || typeof to === 'string';
}

/** Of the same value the last in server order stands; whoever planned it before, unseen, is told. */
function tellOverplanned(
  kase: ChangeCase,
  values: readonly PlannedValue[],
  standing: ReadonlyMap<string, PlannedValue>,
): readonly Tell[] {
  return values.flatMap((value) => {
    const key = plannedKey(value);
    const theirs = lastUnseen(kase, 'values-planned', (event) =>
      event.values.some((each) => plannedKey(each) === key),
    );
    const lost = standing.get(key);
    return theirs === undefined || lost === undefined
      ? []
      : tellReplaced(kase, theirs.actor, 'values', lost, value);
  });
}
